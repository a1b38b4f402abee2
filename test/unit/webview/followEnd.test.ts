import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FollowEnd, type ScrollBox } from '../../../src/webview/transcript/followEnd.ts';

class Box implements ScrollBox {
  scrollHeight = 1000;
  clientHeight = 300;
  #top = 700;

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(value: number) {
    this.#top = Math.max(0, Math.min(value, this.scrollHeight - this.clientHeight));
  }
}

function opened(): { box: Box; end: FollowEnd } {
  const box = new Box();
  return { box, end: new FollowEnd(box) };
}

function grow(box: Box, end: FollowEnd, by = 100): void {
  box.scrollHeight += by;
  end.resized();
  end.scrolled();
}

function scroll(box: Box, end: FollowEnd, by: number): void {
  box.scrollTop += by;
  end.scrolled();
}

test('follows what grows', () => {
  const { box, end } = opened();
  grow(box, end);
  assert.equal(box.scrollTop, 800);
});

test('goes on following when the box grows, and the browser moves what is seen in it before anybody is told', () => {
  const { box, end } = opened();
  box.clientHeight = 340;
  scroll(box, end, -40);
  end.resized();
  assert.equal(end.isFollowing.value, true);
  grow(box, end);
  assert.equal(box.scrollTop, 760);
  scroll(box, end, -1);
  assert.equal(end.isFollowing.value, false);
});

test('follows again once all of it is seen, as something that was open is closed', () => {
  const { box, end } = opened();
  end.letGo();
  scroll(box, end, -700);
  grow(box, end, -800);
  assert.equal(end.isFollowing.value, true);
});

test('lets go at one pixel up, and stays where the reader is', () => {
  const { box, end } = opened();
  end.letGo();
  scroll(box, end, -1);
  grow(box, end);
  assert.equal(box.scrollTop, 699);
  assert.equal(end.isFollowing.value, false);
});

test('lets go when the scrollbar is dragged up', () => {
  const { box, end } = opened();
  scroll(box, end, -50);
  grow(box, end);
  assert.equal(box.scrollTop, 650);
});

test('does not follow again because it is nearly at the end', () => {
  const { box, end } = opened();
  scroll(box, end, -2);
  end.scrolled();
  grow(box, end, 0);
  assert.equal(end.isFollowing.value, false);
});

test('follows again once the reader is back at the end', () => {
  const { box, end } = opened();
  scroll(box, end, -200);
  scroll(box, end, 100);
  assert.equal(end.isFollowing.value, false);
  scroll(box, end, 99);
  assert.equal(end.isFollowing.value, true);
  grow(box, end);
  assert.equal(box.scrollTop, 800);
});

test('a wheel turned down at the very end follows again, though nothing scrolls', () => {
  const { end } = opened();
  end.letGo();
  end.comeBack();
  assert.equal(end.isFollowing.value, true);
});

test('content that shrinks is no sign from the reader', () => {
  const { box, end } = opened();
  box.scrollHeight = 900;
  box.scrollTop = 600;
  end.scrolled();
  assert.equal(end.isFollowing.value, true);
});

test('nothing moves under a held pointer, and the end comes with its release', () => {
  const { box, end } = opened();
  end.hold(true);
  grow(box, end);
  assert.equal(box.scrollTop, 700);
  end.hold(false);
  assert.equal(box.scrollTop, 800);
});

test('a short conversation has nothing to let go of', () => {
  const { box, end } = opened();
  box.scrollHeight = 200;
  end.letGo();
  assert.equal(end.isFollowing.value, true);
});
