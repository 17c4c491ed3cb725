import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { columnName, escapeXml, STYLES, textCell, writeCell } from './cells.ts';
import type { Cell } from './cells.ts';

/** A sheet with a header that stays and filters. Rows are made one at a time, as they are written. */
export interface Sheet {
  /** At most 31 characters, none of `\ / ? * [ ] :`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rowCount: number;
  readonly rows: () => Iterable<readonly Cell[]>;
}

export interface SheetColumn {
  readonly name: string;
  /** In characters. */
  readonly width: number;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * Sheets as an Office Open XML workbook (ECMA-376), packed while rows pass by, so that what is in memory is the packed
 * file alone. The same sheets and instant give the same bytes.
 */
export async function writeWorkbook(sheets: readonly Sheet[], madeAt: string): Promise<Buffer> {
  const archive = new ZipFile();
  const options = { mtime: new Date(madeAt), mode: 0o644 };
  const add = (path: string, xml: string) =>
    archive.addBuffer(Buffer.from(HEAD + xml), path, options);
  add('[Content_Types].xml', contentTypes(sheets));
  add('_rels/.rels', relations([[`${OFFICE}/officeDocument`, 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbook(sheets));
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, index) => [`${OFFICE}/worksheet`, `worksheets/sheet${index + 1}.xml`]),
      [`${OFFICE}/styles`, 'styles.xml'],
    ]),
  );
  add('xl/styles.xml', STYLE_SHEET);
  sheets.forEach((sheet, index) => {
    const links: CellLink[] = [];
    const name = `sheet${index + 1}.xml`;
    archive.addReadStreamLazy(`xl/worksheets/${name}`, options, (take) =>
      take(null, Readable.from(inChunks(writeSheet(sheet, links, index === 0)))),
    );
    // Asked for once the sheet is written, and its links are known.
    archive.addReadStreamLazy(`xl/worksheets/_rels/${name}.rels`, options, (take) =>
      take(null, Readable.from([HEAD + relations(links.map(({ href }) => toPage(href)))])),
    );
  });
  archive.end();
  return buffer(archive.outputStream);
}

interface CellLink {
  readonly place: string;
  readonly href: string;
}

function* writeSheet(
  { columns, rowCount, rows }: Sheet,
  links: CellLink[],
  isFirst: boolean,
): Generator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`;
  for (const [index, { width }] of columns.entries()) {
    yield `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  }
  const header = columns.map(({ name }, index) =>
    textCell(name, `${columnName(index)}1`, STYLES.header),
  );
  yield `</cols><sheetData><row r="1">${header.join('')}</row>`;
  const names = columns.map((_, index) => columnName(index));
  let place = 1;
  for (const row of rows()) {
    place += 1;
    let xml = `<row r="${place}">`;
    for (const [index, value] of row.entries()) {
      const at = `${names[index]}${place}`;
      const cell = writeCell(value, at);
      xml += cell.xml;
      if (cell.href !== undefined) links.push({ place: at, href: cell.href });
    }
    yield `${xml}</row>`;
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1)}${rowCount + 1}"/>`;
  if (links.length > 0) {
    const list = links.map(
      ({ place: at }, index) => `<hyperlink ref="${at}" r:id="r${index + 1}"/>`,
    );
    yield `<hyperlinks>${list.join('')}</hyperlinks>`;
  }
  yield '</worksheet>';
}

const CHUNK_LENGTH = 64 * 1024;

/** Short texts as long ones: each costs a turn of the stream. */
function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

type Relation = readonly string[];

function toPage(href: string): Relation {
  return [`${OFFICE}/hyperlink`, href, 'External'];
}

function relations(list: readonly Relation[]): string {
  const items = list.map(([type = '', target = '', mode], index) => {
    const where = mode === undefined ? '' : ` TargetMode="${mode}"`;
    return `<Relationship Id="r${index + 1}" Type="${type}" Target="${escapeXml(target)}"${where}/>`;
  });
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

function contentTypes(sheets: readonly Sheet[]): string {
  const parts = [
    ['xl/workbook.xml', 'sheet.main'],
    ['xl/styles.xml', 'styles'],
    ...sheets.map((_, index) => [`xl/worksheets/sheet${index + 1}.xml`, 'worksheet']),
  ].map(([path, type]) => `<Override PartName="/${path}" ContentType="${TYPES}.${type}+xml"/>`);
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`;
}

function workbook(sheets: readonly Sheet[]): string {
  const tabs = sheets.map(
    ({ name }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="r${index + 1}"/>`,
  );
  const filters = sheets.map(
    ({ name, columns, rowCount }, index) =>
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${escapeXml(name)}'!$A$1:$${columnName(columns.length - 1)}$${rowCount + 1}</definedName>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${tabs.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`;
}

/** In the order in which Excel wants them. */
const font = (bold = '', color = '') =>
  `<font>${bold}<sz val="11"/>${color === '' ? '' : `<color rgb="FF${color}"/>`}<name val="Calibri"/><family val="2"/></font>`;
const XF = (font: number, rest: string, format = 0) =>
  `<xf numFmtId="${format}" fontId="${font}" ${rest}><alignment vertical="top"/></xf>`;
const ON_PLAIN = 'fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"';
const ON_TEXT = `${ON_PLAIN} quotePrefix="1"`;

/** The looks of STYLES, in its order. */
const STYLE_SHEET = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="5">${font()}${font('<b/>')}${font('<u/>', '0B57A4')}${font('<b/>', 'A4262C')}${font('', '7A4F01')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF4F5F7"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">${XF(0, ON_PLAIN)}${XF(1, 'fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"')}${XF(0, `${ON_PLAIN} applyNumberFormat="1"`, 164)}${XF(0, `${ON_PLAIN} applyNumberFormat="1"`, 165)}${XF(2, ON_TEXT)}${XF(3, ON_TEXT)}${XF(4, ON_TEXT)}${XF(0, ON_TEXT)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
