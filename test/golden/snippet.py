import os

import anthropic

client = anthropic.Anthropic(
    base_url="https://api.example.com",
    api_key=os.environ["MARGINALIA_API_KEY"],
)
with client.messages.stream(
    model="claude-sonnet-4-5-20250929",
    max_tokens=500,
    system="It's \"quoted\" with a $VARIABLE, a `tick` and a \\ backslash.\nTwo lines, 日本語 too.",
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "type": "text",
                    "text": "Hello",
                },
            ],
        },
    ],
    temperature=0.5,
    tools=[
        {
            "name": "look",
            "input_schema": {
                "type": "object",
                "properties": {},
                "additionalProperties": False,
            },
        },
    ],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
