/** Shows the text of the one block there is, at most once a frame, as the product's view does. */
import { Store } from '../../../../src/webview/store.ts';

const host = acquireVsCodeApi();
const store = new Store(
  message => host.postMessage(message),
  () => undefined,
  () => () => undefined,
);
const element = document.getElementById('text');
let waiting = '';
store.onText('8a7e9c1e-6c39-4c07-9a36-0f8d5d2f0a11', 0, text => {
  if (waiting === '') requestAnimationFrame(flush);
  waiting += text;
});
addEventListener('message', event => store.receive(event.data));
host.postMessage({ type: 'ready' });

function flush() {
  element?.append(waiting);
  waiting = '';
  scrollTo(0, document.body.scrollHeight);
}
