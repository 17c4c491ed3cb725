import { createRequire } from 'node:module';

/** A column name and its Kusto type. */
export type Columns = Readonly<Record<string, string>>;

export interface AnalysedQuery {
  /** What the language service objects to, unknown tables and columns included. */
  readonly errors: readonly string[];
  /** Columns of the result, as `name:type`. */
  readonly columns: readonly string[];
  readonly strings: readonly string[];
}

interface Symbols {
  readonly TableSymbol: { From(schema: string): { WithName(name: string): unknown } };
  readonly DatabaseSymbol: {
    readonly ctor: new (name: string, tables: readonly unknown[]) => unknown;
  };
}

interface KustoCode {
  readonly Syntax: unknown;
  readonly ResultType: { readonly Columns: unknown };
  GetDiagnostics(): unknown;
}

interface KustoLanguage {
  readonly Symbols: Symbols;
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: unknown): KustoCode };
  readonly Parsing: { readonly QueryGrammar: { s_currentGrammar: unknown } };
  readonly Syntax: {
    readonly SyntaxKind: { readonly StringLiteralExpression: number };
    readonly SyntaxElement: { WalkNodes(node: unknown, visit: (node: SyntaxNode) => void): void };
  };
}

interface SyntaxNode {
  readonly Kind: number;
  readonly LiteralValue: string;
}

interface Bridged {
  readonly Kusto: { readonly Language: KustoLanguage };
  readonly Bridge: { toArray<Item>(list: unknown): readonly Item[] };
}

// The package is C# compiled to scripts that leave their names in the global scope.
const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.js');
const { Kusto, Bridge } = globalThis as unknown as Bridged;

// Takes a second to build and serves completion alone: a parser of its own reads queries. Whoever asks it gets an error.
Kusto.Language.Parsing.QueryGrammar.s_currentGrammar = {
  Options: { EqualExceptForParseKind: () => true },
  Grammar: {},
};

/** Parses a query and checks it against the columns of the tables that it may use. */
export function analyse(query: string, tables: Readonly<Record<string, Columns>>): AnalysedQuery {
  const { Symbols, GlobalState, KustoCode, Syntax } = Kusto.Language;
  const symbols = Object.entries(tables).map(([name, columns]) => {
    const schema = Object.entries(columns).map(([column, type]) => `${column}:${type}`);
    return Symbols.TableSymbol.From(`(${schema.join(', ')})`).WithName(name);
  });
  const database = new Symbols.DatabaseSymbol.ctor('workspace', symbols);
  const code = KustoCode.ParseAndAnalyze(query, GlobalState.Default.WithDatabase(database));
  const strings: string[] = [];
  Syntax.SyntaxElement.WalkNodes(code.Syntax, (node) => {
    if (node.Kind === Syntax.SyntaxKind.StringLiteralExpression) strings.push(node.LiteralValue);
  });
  const columns = Bridge.toArray<{ Name: string; Type: { Name: string } }>(
    code.ResultType?.Columns ?? [],
  );
  return {
    errors: Bridge.toArray<{ Message: string }>(code.GetDiagnostics()).map(
      ({ Message }) => Message,
    ),
    columns: columns.map(({ Name, Type }) => `${Name}:${Type.Name}`),
    strings,
  };
}
