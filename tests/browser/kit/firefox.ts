import { existsSync } from 'node:fs';
import { firefox, type Browser } from 'playwright-core';

const executablePath = process.env['MINATO_FIREFOX'] ?? '/usr/bin/firefox-esr';

/** The system's Firefox, driven over WebDriver BiDi: it needs no patches. A second opinion, for what is not about one engine's tools. */
export async function launchFirefox(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: ./test installs it, or apt-get install firefox-esr.`);
  return await firefox.launch({
    channel: 'moz-firefox',
    executablePath,
    headless: true,
    // Nothing goes out by itself.
    firefoxUserPrefs: {
      'network.dns.localDomains': 'minato.test',
      'app.update.enabled': false,
      'browser.safebrowsing.malware.enabled': false,
      'browser.safebrowsing.phishing.enabled': false,
      'captivedetect.canonicalURL': '',
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': 'data:,',
      'toolkit.telemetry.enabled': false,
      // A mouse: without a screen there is none.
      'ui.primaryPointerCapabilities': 6,
      'ui.allPointerCapabilities': 6,
    },
  });
}
