curl -N 'https://api.example.com/v1/messages' \
  -H 'content-type: application/json' \
  -H 'anthropic-version: 2023-06-01' \
  -H "x-api-key: $MARGINALIA_API_KEY" \
  --data-binary '{
  "model": "claude-sonnet-4-5-20250929",
  "max_tokens": 500,
  "stream": true,
  "system": "It'\''s \"quoted\" with a $VARIABLE, a `tick` and a \\ backslash.\nTwo lines, 日本語 too.",
  "messages": [
    {
      "role": "user",
      "content": [
        {
          "type": "text",
          "text": "Hello"
        }
      ]
    }
  ],
  "temperature": 0.5,
  "tools": [
    {
      "name": "look",
      "input_schema": {
        "type": "object",
        "properties": {},
        "additionalProperties": false
      }
    }
  ]
}'