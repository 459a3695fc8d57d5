import { Component } from 'react';
import type { ReactNode } from 'react';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Keeps the frame alive when a screen throws: what happened, and a way to open it again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="flex min-h-0 flex-1 flex-col">
        <EmptyState
          title={message('boundary.title')}
          action={
            <Button variant="primary" onClick={() => this.setState({ error: null })}>
              {message('common.retry')}
            </Button>
          }
        >
          {message('boundary.advice')}
          <code className="mt-2 block font-mono text-12 text-ink-faint">
            {error instanceof Error ? error.message : null}
          </code>
        </EmptyState>
      </main>
    );
  }
}
