// Asks an address again and again, and tells of each answer that is new.

const INTERVAL = 1000;
const banner = document.querySelector('.connection');

export class Poll {
  #address;
  #onAnswer;
  #tag = null;
  #paused = false;
  #timer = 0;
  #running = null;

  constructor(address, onAnswer) {
    this.#address = address;
    this.#onAnswer = onAnswer;
    // a page that nobody sees need not ask; one that is looked at again must not wait
    document.addEventListener('visibilitychange', () => this.#schedule(0));
    this.#schedule(0);
  }

  get isPaused() {
    return this.#paused;
  }

  set isPaused(paused) {
    this.#paused = paused;
    this.#schedule(0);
  }

  // Another address from now on, or the same one whatever its last answer was.
  restart(address = this.#address) {
    this.#address = address;
    this.#tag = null;
    this.#running?.abort();
    return this.#ask();
  }

  #schedule(delay) {
    clearTimeout(this.#timer);
    if (!this.#paused && !document.hidden) {
      this.#timer = setTimeout(() => this.#ask(), delay);
    }
  }

  async #ask() {
    clearTimeout(this.#timer);
    const request = new AbortController();
    this.#running = request;
    try {
      const response = await fetch(this.#address, {
        cache: 'no-store',
        headers: this.#tag ? { 'If-None-Match': this.#tag } : {},
        signal: request.signal,
      });
      if (response.status === 401) {
        // signed out: the page itself leads to the sign-in page and back
        location.reload();
        return;
      }
      if (response.ok) {
        await this.#onAnswer(response);
        this.#tag = response.headers.get('ETag');
      }
      banner.hidden = response.ok || response.status === 304;
    } catch (error) {
      if (request.signal.aborted) {
        return;
      }
      if (!(error instanceof TypeError)) {
        throw error;
      }
      banner.hidden = false;
    }
    if (this.#running === request) {
      this.#schedule(INTERVAL);
    }
  }
}
