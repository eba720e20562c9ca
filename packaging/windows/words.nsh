; The installer's own words; those of its usual pages come with NSIS.

LangString Program ${LANG_ENGLISH} "Inkling"
LangString Program ${LANG_SIMPCHINESE} "Inkling"
LangString Summary ${LANG_ENGLISH} "Write with a language model that runs on this computer only."
LangString Summary ${LANG_SIMPCHINESE} "与只在本机运行的语言模型一起写作。"
LangString Documents ${LANG_ENGLISH} "Offer Inkling for documents"
LangString Documents ${LANG_SIMPCHINESE} "在文档的“打开方式”中显示"
LangString DocumentsMeaning ${LANG_ENGLISH} \
  "Shows Inkling under 'Open with' for Markdown and text. What opens them by a double click stays as it is."
LangString DocumentsMeaning ${LANG_SIMPCHINESE} \
  "在 Markdown 和文本文件的“打开方式”中显示 Inkling。双击时使用的程序不变。"
LangString Desktop ${LANG_ENGLISH} "Shortcut on the desktop"
LangString Desktop ${LANG_SIMPCHINESE} "桌面快捷方式"
LangString MarkdownDocument ${LANG_ENGLISH} "Markdown document"
LangString MarkdownDocument ${LANG_SIMPCHINESE} "Markdown 文档"
LangString TextDocument ${LANG_ENGLISH} "Text document"
LangString TextDocument ${LANG_SIMPCHINESE} "文本文档"
LangString StillRuns ${LANG_ENGLISH} \
  "Inkling is open, so its files cannot be replaced. Nothing was changed. Close it, then choose Retry."
LangString StillRuns ${LANG_SIMPCHINESE} \
  "Inkling 正在运行，无法替换其文件。尚未做任何更改。请关闭它，然后选择“重试”。"
LangString TooOld ${LANG_ENGLISH} \
  "Inkling needs 64-bit Windows 10 or newer. Nothing was changed."
LangString TooOld ${LANG_SIMPCHINESE} \
  "Inkling 需要 64 位的 Windows 10 或更新版本。未做任何更改。"
LangString DataTitle ${LANG_ENGLISH} "Settings and data"
LangString DataTitle ${LANG_SIMPCHINESE} "设置与数据"
LangString DataQuestion ${LANG_ENGLISH} "Your documents stay where they are in any case."
LangString DataQuestion ${LANG_SIMPCHINESE} "无论如何，您的文档都会留在原处。"
LangString DataMeaning ${LANG_ENGLISH} \
  "Inkling keeps settings, conversations, added models, styles, dictionaries, the index of your library \
and text that was never saved in ${DATA}. They are kept for a later installation."
LangString DataMeaning ${LANG_SIMPCHINESE} \
  "Inkling 把设置、对话、添加的模型、文风、词典、资料库索引以及从未保存的文字放在 ${DATA}。\
这些内容会保留，供以后重新安装时使用。"
LangString DataBox ${LANG_ENGLISH} "Delete them too; this cannot be undone"
LangString DataBox ${LANG_SIMPCHINESE} "一并删除；此操作无法撤销"
