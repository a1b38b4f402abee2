import { Pace } from '../messages/pace.ts';
import { findAssigned } from './assignments.ts';
import { forms, secretAt } from './forms.ts';
import { type Found, merged, type Wanted } from './found.ts';
import { findKnownTokens, tokenStarts } from './knownTokens.ts';
import { findPersonal } from './personal.ts';
import { piecesOf } from './pieces.ts';
import { findPrivateKeys } from './privateKeys.ts';

const formOf = new Map(forms.map(form => [form.anchor, form]));
const anchors = [...new Set([...formOf.keys(), ...tokenStarts])];
/** Nearly no text holds any; what is dearer looks at the places that it finds. */
const anchor = new RegExp(anchors.map(text => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'g');

/**
 * The secrets and the personal data of a text, in order. Takes time in proportion to its length and gives the event
 * loop back in between.
 */
export async function findSecrets(text: string, wanted: Wanted): Promise<Found[]> {
  const pace = new Pace();
  const found: Found[] = wanted.secrets ? findPrivateKeys(text) : [];
  for (const { start, end } of piecesOf(text)) {
    const piece = text.slice(start, end);
    const inPiece = [
      ...(wanted.secrets ? await secretsIn(piece) : []),
      ...(wanted.personal ? findPersonal(piece) : []),
    ];
    for (const one of inPiece) found.push({ kind: one.kind, start: start + one.start, end: start + one.end });
    await pace.step();
  }
  return merged(found);
}

async function secretsIn(piece: string): Promise<Found[]> {
  const found = findAssigned(piece);
  const starts: number[] = [];
  anchor.lastIndex = 0;
  for (let match = anchor.exec(piece); match; match = anchor.exec(piece)) {
    const form = formOf.get(match[0]);
    if (!form) {
      starts.push(match.index);
      continue;
    }
    const span = secretAt(piece, match.index, form);
    if (span) found.push({ kind: form.kind, ...span });
  }
  found.push(...(await findKnownTokens(piece, starts)));
  return found;
}
