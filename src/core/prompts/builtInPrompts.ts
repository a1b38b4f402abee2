import type { Translate } from '../../shared/translate.ts';
import { answeredInLanguage } from './answerLanguage.ts';
import type { Prompt } from './prompt.ts';

/** The prompts that everybody has. Their texts are translated too, and ask for an answer in the display language. */
export function builtInPrompts(t: Translate, displayLanguage: string): Prompt[] {
  const origin = { kind: 'builtIn' } as const;
  const prompts: Prompt[] = [
    {
      name: 'explain',
      description: t('Say what the code does, and why'),
      text: t('Explain this code.'),
      context: 'block',
      intent: 'explain',
      origin,
    },
    {
      name: 'review',
      description: t('Report findings beside the lines they are about'),
      text: t('Review this code.'),
      context: 'file',
      intent: 'review',
      origin,
    },
    { name: 'tests', description: t('Write tests'), text: testsText(t), context: 'block', intent: 'chat', origin },
    {
      name: 'document',
      description: t('Write documentation comments'),
      text: documentText(t),
      context: 'block',
      intent: 'chat',
      origin,
    },
    {
      name: 'fix',
      description: t('Find and fix what is wrong'),
      text: fixText(t),
      context: 'block',
      intent: 'chat',
      origin,
    },
  ];
  return prompts.map(prompt => ({ ...prompt, text: answeredInLanguage(prompt.text, displayLanguage, t) }));
}

function testsText(t: Translate): string {
  return t(
    'Write tests for the code below. Use the test framework and the style that the code lets you recognise, otherwise the usual one for ${language}.\n\n- Cover the usual case, the limits (empty, one, many; smallest and largest; missing), and every way in which it fails.\n- Name each test after the behaviour that it checks. Let no test depend on another, on the clock, on the network or on chance.\n- Call the code as its users do. Replace with a stand-in only what it cannot do without and a test cannot have.\n\nGive the tests as one block of code that can be saved as a file, with everything it imports. After it, say in a few lines which behaviour you were not sure of, and what in the code you take for a mistake.',
  );
}

function documentText(t: Translate): string {
  return t(
    'Write documentation comments for the code below, in the usual form for ${language}.\n\n- Say what each part is for, what it takes and returns with its units and limits, how it fails, and what a caller has to know.\n- Leave out what the names and types say already, and private parts that need no explanation.\n- Change nothing but comments.\n\nAnswer with the whole code and its comments in one block. Where a comment would have to guess, ask instead, after the block.',
  );
}

function fixText(t: Translate): string {
  return t(
    'Find what is wrong in the code below and fix it.\n\nThe editor reports: ${problems}\n\nSay the cause in one or two sentences. Then give the corrected code in one block that can stand in place of the code below; leave everything else in it as it is. Where nothing is wrong, say so and change nothing. Where this code alone does not tell, say what you need to see.',
  );
}
