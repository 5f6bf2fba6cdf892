/** A browser without a screen: keeps cookies per server, follows redirects one by one. */

export interface CookieBrowser {
  /** Follows redirects until an answer is none; the last URL with its fragment, status and text. */
  visit(url: string): Promise<{ url: string; status: number; text: string }>;
  /** One request without following. */
  fetch(url: string): Promise<Response>;
  cookie(origin: string, name: string): string | undefined;
}

const MOST_REDIRECTS = 20;

export function cookieBrowser(): CookieBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string): Map<string, string> => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };

  async function send(url: string): Promise<Response> {
    const jar = jarOf(url);
    const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: Cookie ? { Cookie } : {} });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }

  async function visit(start: string) {
    let url = start;
    for (let step = 0; step < MOST_REDIRECTS; step++) {
      const response = await send(url);
      const location = response.headers.get('Location');
      if (!location) return { url, status: response.status, text: await response.text() };
      await response.arrayBuffer();
      url = new URL(location, url).href;
    }
    throw new Error(`${start} redirects without end`);
  }

  return { visit, fetch: send, cookie: (origin, name) => jarOf(origin).get(name) };
}
