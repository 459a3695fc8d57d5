import { useStore } from 'zustand';
import { createConnection, messagePortSource, webSocketSource } from './connection.ts';
import type { ConnectionState } from './connection.ts';

function chooseSource() {
  if (!location.protocol.startsWith('http')) return messagePortSource(window);
  return webSocketSource(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`);
}

const connection = createConnection(chooseSource());

/** Every procedure of the contract, typed: `studio.brief.list({})`. Calls wait for the connection. */
export const studio = connection.client;

export function useConnection(): ConnectionState {
  return useStore(connection.store);
}
