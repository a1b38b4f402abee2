'use strict';
const vscode = require('vscode');

/** The least that a view can be: a page that paints a word. Scripts are on, so that its paint can be asked for. */
exports.activate = context => {
  const provider = {
    resolveWebviewView: view => {
      view.webview.options = { enableScripts: true };
      view.webview.html = '<p class="word">Word</p>';
    },
  };
  context.subscriptions.push(vscode.window.registerWebviewViewProvider('bench.word', provider));
};
