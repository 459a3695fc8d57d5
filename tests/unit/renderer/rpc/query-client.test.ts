import { QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { queryClient, renew } from '../../../../renderer/rpc/query-client.ts';

/** A list that is asked slowly: each answer is what stood there when it was asked. */
function watchSlowList() {
  const list: string[] = [];
  const questions: (() => void)[] = [];
  const answers: (readonly string[])[] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ['slow', 'list'],
    // Uses the signal as every query of the page does.
    queryFn: async ({ signal }) => {
      const seen = [...list];
      await new Promise<void>((resolve, reject) => {
        questions.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
      return seen;
    },
  });
  observer.subscribe(({ data, isFetching }) => {
    if (data && !isFetching) answers.push(data);
  });
  return { list, answers, answerNext: () => questions.shift()?.(), asked: () => questions.length, observer };
}

afterEach(() => queryClient.clear());

describe('renew', () => {
  it('asks once more when the change came while the first answer was under way', async () => {
    const { list, answerNext, asked, observer } = watchSlowList();
    expect(asked()).toBe(1);
    list.push('made meanwhile');
    const renewed = renew({ queryKey: ['slow'] });
    answerNext();
    await vi.waitFor(() => expect(asked()).toBe(1));
    answerNext();
    await renewed;
    expect(observer.getCurrentResult().data).toEqual(['made meanwhile']);
  });

  it('lets an answer come that takes longer than the time between two changes', async () => {
    const { list, answers, answerNext, asked } = watchSlowList();
    answerNext();
    await vi.waitFor(() => expect(answers).toEqual([[]]));
    const renewals = ['first', 'second', 'third'].map((name) => {
      list.push(name);
      return renew({ queryKey: ['slow'] });
    });
    expect(asked()).toBe(1);
    answerNext();
    await vi.waitFor(() => expect(asked()).toBe(1));
    answerNext();
    await Promise.all(renewals);
    expect(answers.at(-1)).toEqual(['first', 'second', 'third']);
  });
});
