"""The caption tokenizer: whole words of the shared vocabulary, single letters for everything else."""

import json
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

_VOCABULARY = Path(__file__).resolve().parent.parent / "vocabulary.json"
PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
# Words that people put around the vocabulary's own; they get a token so that the encoder can learn to pass over them.
_GLUE = "a an the of with in on at and or by for to picture image abstract background pattern colour colours color colors some very".split()
MAX_TOKENS = 48


def caption_words() -> list[str]:
    """Every word of families, styles, compositions, moods and colours, in order of first use."""
    data = json.loads(_VOCABULARY.read_text(encoding="utf-8"))
    phrases = [*data["families"], *data["styles"], *data["compositions"], *data["moods"], *data["colours"]]
    return list(dict.fromkeys(word for phrase in phrases for word in phrase.split()))


def build_tokenizer() -> Tokenizer:
    """Lower-case word pieces; text is cut at MAX_TOKENS."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    marks = ",.;:!?'\"#&()-/"
    tokens = [PAD, UNKNOWN, START, END, *marks, *letters, *(f"##{letter}" for letter in letters)]
    tokens += [word for word in dict.fromkeys([*_GLUE, *caption_words(), "##s", "##y", "##ish", "##ing", "##ed"]) if word not in tokens]
    tokenizer = Tokenizer(models.WordPiece(vocab={token: index for index, token in enumerate(tokens)}, unk_token=UNKNOWN, max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{START} $A {END}", special_tokens=[(START, 2), (END, 3)])
    tokenizer.add_special_tokens([PAD, UNKNOWN, START, END])
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer
