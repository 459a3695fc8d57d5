import { afterEach, describe, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describe('ModelsScreen', () => {
  it('says of each model what it is for, whether it fits and what is wrong with it', async () => {
    stub = await openStubPage('#/models', {}, { colorScheme: 'light' });
    const { page, complaints } = stub;
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'starter-text' }).waitFor();
    await inspector.getByText('Is loaded and holds 220 MiB of 16 GiB.').waitFor();
    await page.keyboard.press('ArrowDown');
    // Where its engine runs, why, and what it had to do without.
    await inspector.getByText('No supported adapters').waitFor();
    await inspector.getByText('Memory ran out on cpu').waitFor();
    await page.keyboard.press('ArrowDown');
    await inspector.getByRole('heading', { name: 'sdxl-turbo-onnx' }).waitFor();
    await inspector.getByText('unet/model.onnx_data is missing.').waitFor();
    await page.keyboard.press('ArrowDown');
    await inspector.getByRole('heading', { name: 'loras/oat-grain' }).waitFor();
    await inspector.getByText('LoRA for Stable Diffusion 1.x').waitFor();
    await inspector.getByText('A brand names it in its style').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
