import { journey } from '../support/journey.ts';

journey.use({
  settings: { 'marginalia.confirmAboveTokens': 2_000, 'marginalia.systemPrompt': 'Be kind.' },
  pace: 10,
});
