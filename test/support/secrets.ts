/**
 * Made-up secrets, one of each kind that is looked for. They are put together here, so that no scanner of this repository
 * takes one for real.
 */
const alphanumeric = 'q7Zk2Vx9Lm4Tn8Rb3Yc6Wd1Sf5Gh0JpKuXeAoCiEvBzNs';

export function token(start: string, characters: number): string {
  return start + alphanumeric.repeat(3).slice(0, characters);
}

const key =
  alphanumeric
    .repeat(4)
    .match(/.{1,64}/g)
    ?.join('\n') ?? '';
const kindOfKey = 'PRIVATE KEY';

export const madeUp = {
  github: token('ghp_', 36),
  gitlab: token('glpat-', 20),
  aws: ['AKIA', 'Q7ZK2VX9LM4TN8RB'].join(''),
  slack: ['xoxb', '1234567890', 'abcdefABCDEF'].join('-'),
  stripe: token('sk_live_', 24),
  anthropic: token('sk-ant-api03-', 40),
  google: token('AIza', 35),
  jwt: [token('eyJ', 20), token('eyJ', 40), token('', 43)].join('.'),
  privateKey: `-----BEGIN RSA ${kindOfKey}-----\n${key}\n-----END RSA ${kindOfKey}-----`,
  password: 'hunter2xyz!',
};
