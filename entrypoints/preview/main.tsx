/** The banner of a preview: a frame of the Maker's page, which hands it all it has. Framed by anything else it stays blank. */
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../components/banner/banner.css';
import '../../components/banner/layouts.css';
import { previewGiven, PreviewPage } from '../../components/maker/publish/preview-page.tsx';
import { preparePage } from '../../components/ui/page.ts';
import { type GetMessage, t } from '../../components/ui/text.ts';

preparePage(browser.i18n.getMessage as GetMessage, browser.i18n.getUILanguage());
document.title = t('makerPreview.frame');

const given = previewGiven(window.frameElement);
if (given) render(<PreviewPage given={given} />, document.querySelector('#page')!);
