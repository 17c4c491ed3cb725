/**
 * An error's message in its two halves: what happened, and what to do about it. The first colon, semicolon
 * or full stop parts them; where there is none, all of it is what happened.
 */
export function splitAdvice(message: string): { readonly what: string; readonly todo?: string } {
  const [, what, todo] = /^(.+?)[:.;] (.+)$/s.exec(message) ?? [];
  if (what === undefined || todo === undefined) return { what: toSentence(message) };
  return { what: toSentence(what), todo: toSentence(todo) };
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
