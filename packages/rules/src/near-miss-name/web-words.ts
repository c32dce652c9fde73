/** Words of the web, as IANA, WHATWG and W3C register them. */
// cspell:ignore ndjson xhtml graphql woff webp avif etag referer dnt byteranges quicktime pjpeg apng
function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Registered at IANA, and `application/x-…` as far as everybody uses it. */
export const MEDIA_TYPES: ReadonlySet<string> = words(
  `application/json application/ld+json application/problem+json application/manifest+json application/javascript
  application/octet-stream application/x-www-form-urlencoded application/xml application/xhtml+xml application/pdf
  application/zip application/gzip application/graphql application/wasm application/x-ndjson application/rss+xml
  application/atom+xml application/sql application/rtf multipart/form-data multipart/mixed multipart/alternative
  multipart/related multipart/byteranges text/html text/plain text/css text/javascript text/csv text/markdown text/xml
  text/calendar text/event-stream image/png image/jpeg image/gif image/svg+xml image/webp image/avif image/bmp image/tiff
  audio/mpeg audio/ogg audio/wav audio/webm audio/aac audio/flac video/mp4 video/webm video/ogg video/mpeg video/quicktime
  font/woff font/woff2 font/ttf font/otf`,
);

/** What is written for one of them all the same, and understood. */
export const OTHER_NAMES_OF_TYPES: ReadonlySet<string> = words(
  "image/jpg image/pjpeg image/apng image/jxl text/jsx text/json audio/wave",
);

export const HEADERS: ReadonlySet<string> = words(
  `accept-charset accept-encoding accept-language accept-ranges access-control-allow-credentials
  access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers
  access-control-max-age access-control-request-headers access-control-request-method authorization cache-control
  connection content-disposition content-encoding content-language content-length content-location content-range
  content-security-policy content-type forwarded if-match if-modified-since if-none-match if-range if-unmodified-since
  last-modified location origin permissions-policy proxy-authenticate proxy-authorization referrer-policy retry-after
  sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-protocol sec-websocket-version set-cookie
  strict-transport-security transfer-encoding upgrade-insecure-requests user-agent www-authenticate x-content-type-options
  x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-frame-options x-powered-by x-requested-with
  x-xss-protection`,
);

export const DOM_EVENTS: ReadonlySet<string> = words(
  `abort animationend animationiteration animationstart beforeinput beforeunload blur canplay change click close
  compositionend compositionstart compositionupdate contextmenu copy dblclick DOMContentLoaded drag dragend dragenter
  dragleave dragover dragstart drop error focus focusin focusout fullscreenchange hashchange input invalid keydown keypress
  keyup load loadedmetadata loadeddata loadend loadstart message messageerror mousedown mouseenter mouseleave mousemove
  mouseout mouseover mouseup offline online orientationchange pagehide pageshow paste pause play playing pointercancel
  pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerup popstate progress ratechange
  readystatechange rejectionhandled reset resize scroll scrollend seeked seeking select selectionchange selectstart
  stalled storage submit suspend timeout timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel
  transitionend transitionrun transitionstart unhandledrejection unload visibilitychange volumechange waiting wheel`,
);

export const REQUEST_METHODS: ReadonlySet<string> = words("CONNECT DELETE OPTIONS PATCH TRACE");
