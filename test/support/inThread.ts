import { type MessagePort, MessageChannel, parentPort, Worker, workerData } from 'node:worker_threads';

type Work<Task> = (task: Task) => Promise<void>;

interface Order<Task> {
  task: Task;
  answerTo: MessagePort;
}

/** With what `work` has thrown. */
interface Answer {
  error?: Error;
}

/**
 * Gives what runs `work` in a thread of its own, which loads the file at `url` up to this call and no further. For work of
 * very many promises: in a test's own thread the runner follows each of them, which takes it two fifths of the time.
 * A task is cloned on its way, and so is what `work` throws.
 */
export async function inThread<Task>(url: string, work: Work<Task>): Promise<Work<Task>> {
  if (workerData === url) await answerForever(work);
  const thread = new Worker(new URL(url), { workerData: url });
  // The port of a task that runs keeps the process.
  thread.unref();
  return task =>
    new Promise((resolve, reject) => {
      const { port1: answers, port2: answerTo } = new MessageChannel();
      answers.once('message', ({ error }: Answer) => {
        thread.off('error', reject);
        answers.close();
        if (error === undefined) resolve();
        else reject(error);
      });
      thread.once('error', reject);
      // Later than an error of the thread, which says more.
      answers.once('close', () => setImmediate(reject, new Error('The thread has ended.')));
      thread.postMessage({ task, answerTo } satisfies Order<Task>, [answerTo]);
    });
}

function answerForever<Task>(work: Work<Task>): Promise<never> {
  parentPort?.on('message', ({ task, answerTo }: Order<Task>) => {
    const answer = (message: Answer): void => answerTo.postMessage(message);
    work(task).then(
      () => answer({}),
      (error: unknown) => answer({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
  });
  return new Promise(() => undefined);
}
