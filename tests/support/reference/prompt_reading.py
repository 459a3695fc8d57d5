"""Weighted and long prompts as vectors, with the text encoders of transformers: what the studio's own reading is compared with.

Weights multiply hidden states, whose mean is then restored; long prompts are read in pieces that each have both marks.
"""

import torch

from tiny_families import TOKENS


def make_rows(tokenizer, pieces: list[tuple[str, float]], rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    ids, weights = [], []
    for text, weight in pieces:
        piece = tokenizer(text, add_special_tokens=False).input_ids
        ids += piece
        weights += [weight] * len(piece)
    room = TOKENS - 2
    all_ids, all_weights = [], []
    for row in range(rows):
        part, part_weights = ids[row * room : (row + 1) * room], weights[row * room : (row + 1) * room]
        filled = [tokenizer.bos_token_id, *part, tokenizer.eos_token_id]
        all_ids.append(filled + [tokenizer.pad_token_id] * (TOKENS - len(filled)))
        all_weights.append([1.0, *part_weights] + [1.0] * (TOKENS - 1 - len(part)))
    return torch.tensor(all_ids), torch.tensor(all_weights)


def read_prompt(tokenizers, encoders, pieces: list[tuple[str, float]], rows: int, is_xl: bool):
    """Hidden states [1, rows * 77, width] and, for two encoders, the pooled vector of the first row."""
    columns, pooled = [], None
    for tokenizer, encoder in zip(tokenizers, encoders):
        ids, weights = make_rows(tokenizer, pieces, rows)
        with torch.no_grad():
            answer = encoder(ids, output_hidden_states=True)
        hidden = answer.hidden_states[-2] if is_xl else answer.last_hidden_state
        if is_xl and hasattr(answer, "text_embeds"):
            pooled = answer.text_embeds[:1]
        hidden = hidden.reshape(1, rows * TOKENS, -1)
        before = hidden.mean()
        hidden = hidden * weights.reshape(1, -1, 1)
        columns.append(hidden * (before / hidden.mean()))
    return torch.cat(columns, -1), pooled
