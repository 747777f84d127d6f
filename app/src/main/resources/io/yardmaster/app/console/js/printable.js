const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const escape = unseen => unseen.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** JSON, with escapes for the characters in its texts that are not seen or turn the direction of others. */
export const parse = json =>
  JSON.parse(json, (_, value) => (typeof value === 'string' ? value.replace(UNSEEN, escape) : value));
