import { parse } from './printable.js';

const TIMEOUT_MS = 15_000;

/** An answer without the data that was asked for; the message is for people. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The JSON at a path below `/api/`; throws an ApiError, of status 0 when nobody answers. */
export async function get(path, query = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  const url = `api/${path}${parameters.size ? `?${parameters}` : ''}`;
  let response;
  let body;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { Accept: 'application/json' } });
    body = parse(await response.text());
  } catch {
    throw new ApiError(response?.status ?? 0, 'The scheduler does not answer.');
  }
  if (!response.ok) {
    throw new ApiError(response.status, body.message ?? `The scheduler answers ${response.status}.`);
  }
  return body;
}
