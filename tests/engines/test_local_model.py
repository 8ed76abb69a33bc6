"""A model on this machine: the real loading code, on a tiny pipeline of random weights."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import errors
from thumbnb.render.engines.protocol import PaintRequest


def test_without_diffusers_it_is_reported_how_to_get_it(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "diffusers", None)
    engine = tb.engines.Diffusers("black-forest-labs/FLUX.2-klein-4B")
    with pytest.raises(errors.InvalidInput, match=r"thumbnb\[diffusers\]"):
        asyncio.run(engine.check())
    with pytest.raises(errors.InvalidInput, match=r"thumbnb\[diffusers\]"):
        asyncio.run(engine.prepare())


@pytest.fixture
def tiny(tmp_path):
    """Save a Stable Diffusion pipeline of a few thousand random weights."""
    torch = pytest.importorskip("torch")
    diffusers = pytest.importorskip("diffusers")
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    (tmp_path / "vocab.json").write_text('{"<|startoftext|>": 0, "<|endoftext|>": 1, "a</w>": 2}')
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    text = transformers.CLIPTextConfig(
        vocab_size=8, hidden_size=8, intermediate_size=16, num_attention_heads=2,
        num_hidden_layers=1, max_position_embeddings=16, bos_token_id=0, eos_token_id=1,
    )  # fmt: skip
    pipeline = diffusers.StableDiffusionPipeline(
        vae=diffusers.AutoencoderKL(block_out_channels=(8,), norm_num_groups=2, latent_channels=4),
        unet=diffusers.UNet2DConditionModel(
            sample_size=8, block_out_channels=(8,), layers_per_block=1, norm_num_groups=2,
            down_block_types=("CrossAttnDownBlock2D",), up_block_types=("CrossAttnUpBlock2D",),
            cross_attention_dim=8, attention_head_dim=2,
        ),
        scheduler=diffusers.DDIMScheduler(steps_offset=1, clip_sample=False),
        text_encoder=transformers.CLIPTextModel(text),
        tokenizer=transformers.CLIPTokenizer(
            str(tmp_path / "vocab.json"), str(tmp_path / "merges.txt"), model_max_length=16
        ),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.slow
def test_a_pipeline_is_loaded_and_paints(tiny):
    engine = tb.engines.Diffusers(tiny, num_inference_steps=2)
    request = PaintRequest(prompt="a", size=(128, 64), seed=3, negative_prompt="a")
    received = []
    first = asyncio.run(engine.paint(request, received.append))
    with Image.open(io.BytesIO(first.images[0])) as image:
        assert image.size == (128, 64)
    assert received[-1].fraction == 1.0
    assert asyncio.run(engine.paint(request)).images == first.images, "the same seed"
    assert first.usage.cost == 0


def test_a_folder_without_a_model_is_refused(tmp_path):
    pytest.importorskip("diffusers")
    with pytest.raises(errors.InvalidInput, match="cannot be loaded"):
        asyncio.run(tb.engines.Diffusers(tmp_path).prepare())
