/** The precompiled template that `node lib/packaging/compile-templates.ts` writes beside this file. */
export declare const digestTemplate: unknown;
