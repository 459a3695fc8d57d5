import { afterEach, expect, it } from 'vitest';
import { findAxeViolations, openStubPage } from '../../support/open-stub-page.ts';
import { describeWithBrowser } from '../../support/needs.ts';
import type { StubPage } from '../../support/open-stub-page.ts';

let stub: StubPage;
afterEach(() => stub.close());

describeWithBrowser('ModelsScreen', () => {
  it('says of each model what it is for, whether it fits and what is wrong with it', async () => {
    stub = await openStubPage('#/models', {}, { colorScheme: 'light' });
    const { page, complaints } = stub;
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'starter-text' }).waitFor();
    await inspector.getByText('Is loaded and holds 220 MiB of 16 GiB.').waitFor();
    await page.keyboard.press('ArrowDown');
    // Where its engine runs, why, and what it had to do without.
    await inspector.getByText('Runs on the processor.').waitFor();
    await expect.poll(() => inspector.getByText('No supported adapters').isVisible()).toBe(false);
    await inspector.getByText('What the runtimes said').click();
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

  it('adds a checkpoint by its path: what it is, the model whose graphs it takes, progress, and what was found out', async () => {
    stub = await openStubPage('#/models', { paceMs: 200 });
    const { page, complaints } = stub;
    await page.getByRole('heading', { name: 'starter-text' }).waitFor();
    await page.keyboard.press('n');
    const pane = page.getByRole('dialog', { name: 'Add a model' });
    await pane.getByLabel('Folder or file on this computer').fill('/nothing/here');
    await page.keyboard.press('Enter');
    await pane.getByRole('alert').getByText('there is nothing at that place').waitFor();
    await pane.getByLabel('Folder or file on this computer').fill('/disk/linen-v2.safetensors');
    await pane.getByRole('button', { name: 'Look' }).click();
    await pane.getByText('A checkpoint, weights without graphs').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
    await pane.getByRole('progressbar').waitFor();
    // Whoever stops it can go on.
    await pane.getByRole('button', { name: 'Stop' }).click();
    await pane.getByText('A copy goes on where it was').waitFor();
    await pane.getByRole('button', { name: 'Go on' }).click();
    const done = page.getByRole('dialog', { name: 'Model added' });
    await done.getByText('1,130 tensors found their place.').waitFor();
    await done.getByText('model_ema.decay').waitFor();
    await done.getByText('EDMEulerScheduler').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('goes on adding behind other screens, and says that a browser cannot tell where a dropped file lies', async () => {
    stub = await openStubPage('#/models', { paceMs: 400 });
    const { page } = stub;
    await page.getByRole('heading', { name: 'starter-text' }).waitFor();
    const drop = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'linen-v2.safetensors'));
      return transfer;
    });
    await page.locator('main > div').last().dispatchEvent('drop', { dataTransfer: drop });
    const pane = page.getByRole('dialog', { name: 'Add a model' });
    await pane.getByText('A browser does not say where "linen-v2.safetensors" lies').waitFor();
    await pane.getByLabel('Folder or file on this computer').fill('/disk/linen-v2.safetensors');
    await page.keyboard.press('Enter');
    await pane.getByRole('button', { name: 'Add', exact: true }).click();
    await pane.getByRole('progressbar').waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (location.hash = '#/library'));
    await page.evaluate(() => (location.hash = '#/models'));
    await page.getByRole('button', { name: /^Adding linen-v2/ }).click();
    await page.getByRole('dialog', { name: 'Model added' }).getByText('3 have no place:').waitFor();
  });

  it('compares a LoRA with a model and shows what has no place', async () => {
    stub = await openStubPage('#/models');
    const { page } = stub;
    await page.getByRole('button', { name: 'loras/oat-grain' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'Compare' }).click();
    await inspector.getByText('192 layers fit.').waitFor();
    await inspector.getByText('lora_te_text_model_odd.alpha').waitFor();
  });
});
