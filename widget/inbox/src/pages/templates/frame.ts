/**
 * A drawn mail as a document for a sandboxed frame. It runs nothing and loads nothing: images from elsewhere would tell their servers who looks, and
 * stand there as their descriptions. `scroll`: whether it has bars of its own.
 */
export const framed = (html: string, scroll = true): string =>
  html.replace("</head>", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"><base target="_blank"><style>${scroll ? "" : "html{overflow:hidden}"}</style></head>`);
