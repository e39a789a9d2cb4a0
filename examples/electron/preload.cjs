const { contextBridge, ipcRenderer } = require('electron');

// Runs in the app's own page, not in the iframe: preload scripts do not reach frames unless asked to.
contextBridge.exposeInMainWorld('minato', {
  url: () => ipcRenderer.invoke('minato:url'),
  ticket: () => ipcRenderer.invoke('minato:ticket'),
  onUrl: (tell) => ipcRenderer.on('minato:url', (_, url) => tell(url)),
});
