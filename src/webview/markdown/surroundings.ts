import type { PaintCode } from './codePainter.ts';
import type { DomDocument, DomElement } from './dom.ts';
import type { ShowFormula } from './math/formulas.ts';

/** What rendering needs besides the tokens. */
export interface Surroundings {
  document: DomDocument;
  labels: MarkdownLabels;
  /** Inside of a link, where no other can begin. */
  isInLink?: boolean;
  paint: PaintCode;
  /** Draws what the code of an element describes, when it finds the time. */
  showDiagram: (code: DomElement) => void;
  showFormula: ShowFormula;
}

/** The words that the renderer itself puts in, translated. */
export interface MarkdownLabels {
  copy: string;
  apply: string;
  collapse: string;
  insert: string;
  newFile: string;
  terminal: string;
  wrap: string;
  /** Of a diagram. */
  source: string;
  /** How the keyboard comes from code or a table to its buttons. */
  codeKeys: string;
  code: string;
  image: string;
  done: string;
  open: string;
  table: string;
  /** Of a table's head: what a click on it does. */
  sort: string;
  copyMarkdown: string;
  copyCsv: string;
  /** Stands for the first line of a text that folds, where it has none. */
  details: string;
}
