import ts from 'typescript-parser';
import { isTranslated, lineOf } from './sourceStrings.ts';

/** Attributes, properties and options whose value a user reads or hears. */
const shownNames =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|text|hint|detail|description|tooltip|ariaLabel|ariaDescription|textContent|prompt|placeHolder|message|heading)$/;

/** Calls whose arguments a user reads. */
const showingCalls = /^(show(Information|Warning|Error|Done)|paragraphs)$/;

/** Our own name, names of the protocol, which are the same in every language, and the editor's icons. */
const untranslatable = /^(Marginalia:?|https:\/\/|[a-z]+(_[a-z]+)+)$/;
const icons = /\$\([\w~-]+\)/g;

/**
 * Words that a user sees, written in the code and not handed to `t(…)`, as `file:line: words`. As far as the syntax
 * tells: text between tags, what stands at names such as `title`, and what is assigned or set under such a name.
 */
export function untranslated(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const check = (node: ts.Node | undefined): void => {
    for (const { place, words } of node === undefined ? [] : wordsIn(node)) {
      const text = words.replaceAll(icons, '').trim();
      if (/\p{L}{2}/u.test(text) && !untranslatable.test(text)) found.push(`${lineOf(place)}: ${text}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) check(node);
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) check(node.expression);
    else if (ts.isJsxAttribute(node) && shownNames.test(node.name.getText())) check(node.initializer);
    else if (ts.isPropertyAssignment(node) && shownNames.test(nameOf(node.name))) check(node.initializer);
    else if (isAssignment(node) && shownNames.test(node.left.name.text)) check(node.right);
    else if (calledName(node) === 'setAttribute') {
      const [name, value] = (node as ts.CallExpression).arguments;
      if (shownNames.test(stringOf(name))) check(value);
    } else if (showingCalls.test(calledName(node))) {
      for (const argument of (node as ts.CallExpression).arguments) check(argument);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found)];
}

interface Words {
  place: ts.Node;
  words: string;
}

/** The words that an expression may give, where they are written in it. */
function wordsIn(node: ts.Node): Words[] {
  if (isTranslated(node)) return [];
  if (ts.isJsxText(node) || ts.isStringLiteralLike(node)) return [{ place: node, words: node.text }];
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.flatMap(span => [span.literal, ...wordsIn(span.expression)])].flatMap(
      part => ('words' in part ? part : { place: part, words: part.text }),
    );
  }
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
    return node.expression === undefined ? [] : wordsIn(node.expression);
  }
  if (ts.isConditionalExpression(node)) return [...wordsIn(node.whenTrue), ...wordsIn(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const isCondition = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    return [...(isCondition ? [] : wordsIn(node.left)), ...wordsIn(node.right)];
  }
  return [];
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression & { left: ts.PropertyAccessExpression } {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left)
  );
}

/** Of the method that a node calls; empty where it calls none. */
function calledName(node: ts.Node): string {
  if (!ts.isCallExpression(node)) return '';
  const called = node.expression;
  return (
    (ts.isPropertyAccessExpression(called) ? called.name : ts.isIdentifier(called) ? called : undefined)?.text ?? ''
  );
}

function nameOf(name: ts.PropertyName): string {
  return ts.isComputedPropertyName(name) ? stringOf(name.expression) : name.text;
}

function stringOf(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : '';
}
