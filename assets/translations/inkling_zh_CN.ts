<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Inkling</source>
        <translation>关于 Inkling</translation>
    </message>
    <message>
        <source>Inkling {version}</source>
        <translation>Inkling {version}</translation>
    </message>
    <message>
        <source>A writing desk with a language model inside. Everything runs on this computer; nothing you write leaves it.</source>
        <translation>一张带语言模型的书桌。一切都在这台电脑上运行，您写下的内容不会离开它。</translation>
    </message>
    <message>
        <source>Inkling is under the Apache License 2.0. It contains the fonts Literata, Inter and JetBrains Mono (SIL Open Font License 1.1), icons by Lucide (ISC), Hunspell (MPL 1.1), and spelling dictionaries of American English (SCOWL) and of British English (LGPL).</source>
        <translation>Inkling 采用 Apache 许可证 2.0。其中包含字体 Literata、Inter 和 JetBrains Mono（SIL 开放字体许可证 1.1）、Lucide 图标（ISC）、Hunspell（MPL 1.1），以及美式英语（SCOWL）和英式英语（LGPL）拼写词典。</translation>
    </message>
</context>
<context>
    <name>ActionFields</name>
    <message>
        <source>Review it in the place of the text</source>
        <translation>在原文处逐条审阅</translation>
    </message>
    <message>
        <source>Insert it after the text</source>
        <translation>插入到原文之后</translation>
    </message>
    <message>
        <source>Show it in the panel</source>
        <translation>显示在侧栏</translation>
    </message>
    <message>
        <source>Sentence by sentence</source>
        <translation>逐句</translation>
    </message>
    <message>
        <source>Paragraph by paragraph</source>
        <translation>逐段</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>一次全部</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>A list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>A table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>One short line</source>
        <translation>一行短语</translation>
    </message>
    <message>
        <source>The assistant, which is told what to do</source>
        <translation>助手：告诉它要做什么</translation>
    </message>
    <message>
        <source>The one that suggests words, which goes on with the text</source>
        <translation>联想模型：接着原文往下写</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>名称(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Icon</source>
        <translation>图标(&amp;I)</translation>
    </message>
    <message>
        <source>I&amp;nstruction</source>
        <translation>指令(&amp;N)</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>占位符</translation>
    </message>
    <message>
        <source>&amp;Result</source>
        <translation>结果(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Given to the model</source>
        <translation>每次交给模型(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Freed&amp;om</source>
        <translation>自由度(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Rewrite &amp;headings too</source>
        <translation>也改写标题(&amp;H)</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无快捷键</translation>
    </message>
    <message>
        <source>0 takes the likeliest word each time; more is freer, and more often wrong.</source>
        <translation>0 每次取最可能的词；越大越自由，也越容易出错。</translation>
    </message>
    <message>
        <source>The piece of the text to rewrite</source>
        <translation>要改写的这一段</translation>
    </message>
    <message>
        <source>All that is rewritten, of which the piece is a part</source>
        <translation>要改写的全部文字，这一段是其中一部分</translation>
    </message>
    <message>
        <source>A language, which you are asked for</source>
        <translation>一种语言，使用时会询问您</translation>
    </message>
    <message>
        <source>The document&apos;s title</source>
        <translation>文档标题</translation>
    </message>
    <message>
        <source>The text before</source>
        <translation>前面的文字</translation>
    </message>
    <message>
        <source>another prompt for {models}</source>
        <translation>给 {models} 的另一份提示</translation>
    </message>
    <message>
        <source>{count} phrases to replace</source>
        <translation>{count} 个要替换的词语</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Its file has besides: {things}. Export it to see and change that.</source>
        <translation>文件中另有：{things}。导出后可以查看和修改。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{key} is the key of {other}. Take another.</source>
        <translation>{key} 是“{other}”的快捷键，请换一个。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Click or go into the field and press the key.</source>
        <translation>点进输入框，然后按下快捷键。</translation>
    </message>
    <message>
        <source>Its key is changed in File &gt; Keyboard Shortcuts, as that of any command.</source>
        <translation>它的快捷键和其他命令一样，在“文件 &gt; 键盘快捷键”中更改。</translation>
    </message>
</context>
<context>
    <name>ActionsEditor</name>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Ne&amp;w</source>
        <translation>新建(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制(&amp;D)</translation>
    </message>
    <message>
        <source>Im&amp;port…</source>
        <translation>导入(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Tr&amp;y on This Document</source>
        <translation>在此文档上试用(&amp;Y)</translation>
    </message>
    <message>
        <source>Re&amp;vert</source>
        <translation>还原(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{title} (changed)</source>
        <translation>{title}（已修改）</translation>
    </message>
    <message>
        <source>{title} (own)</source>
        <translation>{title}（自定义）</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message>
        <source>Save the changes to {title}?</source>
        <translation>保存对“{title}”的修改吗？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Saved. It is in the Rewrite menu.</source>
        <translation>已保存，可在“改写”菜单中找到。</translation>
    </message>
    <message>
        <source>An action needs a title and an instruction.</source>
        <translation>操作需要名称和指令。</translation>
    </message>
    <message>
        <source>This cannot be kept: {reason}.</source>
        <translation>无法保存：{reason}。</translation>
    </message>
    <message>
        <source>New Action</source>
        <translation>新操作</translation>
    </message>
    <message>
        <source>Rewrite this text as a letter to a friend.</source>
        <translation>Rewrite this text as a letter to a friend.</translation>
    </message>
    <message>
        <source>{title} 2</source>
        <translation>{title} 2</translation>
    </message>
    <message>
        <source>Make {title} again as it came with Inkling?</source>
        <translation>把“{title}”恢复成 Inkling 自带的样子吗？</translation>
    </message>
    <message>
        <source>Delete {title}?</source>
        <translation>删除“{title}”吗？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import an Action</source>
        <translation>导入操作</translation>
    </message>
    <message>
        <source>Actions (*.toml)</source>
        <translation>操作 (*.toml)</translation>
    </message>
    <message>
        <source>Export the Action</source>
        <translation>导出操作</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>已写入 {path}。</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Inkling answered: {text}</source>
        <translation>Inkling 回答：{text}</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace the selection by the answer</source>
        <translation>用回答替换所选文字</translation>
    </message>
    <message>
        <source>Loading the model, {percent}%. Your message is sent then.</source>
        <translation>正在载入模型，{percent}%。载入后就发送您的消息。</translation>
    </message>
    <message>
        <source>Looking in your sources…</source>
        <translation>正在查找资料…</translation>
    </message>
    <message>
        <source>Putting it in a sentence…</source>
        <translation>正在组织成一句话…</translation>
    </message>
    <message>
        <source>Reading your text…</source>
        <translation>正在读您的文字…</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Cut here: the answer reached its length limit</source>
        <translation>到此为止：回答已达长度上限</translation>
    </message>
    <message>
        <source>The sentence says more than the quotations do. Trust the quotations.</source>
        <translation>这句话说的比引文更多。请以引文为准。</translation>
    </message>
    <message>
        <source>{passages} passages searched in {ms} ms</source>
        <translation>在 {passages} 个段落中查找用时 {ms} 毫秒</translation>
    </message>
    <message>
        <source>chosen in {seconds} s</source>
        <translation>挑选用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Insert the answer at the caret</source>
        <translation>把回答插入光标处</translation>
    </message>
</context>
<context>
    <name>Bootstrap</name>
    <message>
        <source>Something went wrong inside Inkling. Your text is still here; save it now, and restart Inkling. The details are in the log.</source>
        <translation>Inkling 内部出了问题。您的文字还在，请现在就保存，然后重新启动 Inkling。详情已记入日志。</translation>
    </message>
</context>
<context>
    <name>Change</name>
    <message>
        <source>out: {text}</source>
        <translation>删：{text}</translation>
    </message>
    <message>
        <source>in: {text}</source>
        <translation>增：{text}</translation>
    </message>
</context>
<context>
    <name>ChatHead</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Title of the conversation</source>
        <translation>对话的标题</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>More about this conversation</source>
        <translation>此对话的更多操作</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>ChatPanel</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>There is no conversation to delete yet.</source>
        <translation>还没有可删除的对话。</translation>
    </message>
    <message>
        <source>These texts are searched. The model gets the sentences that are quoted.</source>
        <translation>查找的是这些文字。模型只会得到所引用的句子。</translation>
    </message>
    <message>
        <source>The model gets the sentences that are quoted, and your question.</source>
        <translation>模型会得到所引用的句子和您的问题。</translation>
    </message>
    <message>
        <source>As the model reads it</source>
        <translation>模型读到的样子</translation>
    </message>
    <message>
        <source>Nothing: it was not asked, since your sources do not say it.</source>
        <translation>什么都没有：您的资料没有提到，所以没有问它。</translation>
    </message>
    <message>
        <source>With the conversation the model read {count} tokens.</source>
        <translation>连同对话，模型共读了 {count} 个词元。</translation>
    </message>
    <message>
        <source>An answer is still being written. Wait for it, or press Esc.</source>
        <translation>回答还没写完。请等一等，或按 Esc 停止。</translation>
    </message>
    <message>
        <source>Change your message and send it again. What followed it is kept as another version. Esc leaves everything as it was.</source>
        <translation>修改消息后再次发送。原来的后续内容会作为另一个版本保留。按 Esc 则一切照旧。</translation>
    </message>
</context>
<context>
    <name>ChatSession</name>
    <message>
        <source>The model is not running. Restart Inkling and send the message again.</source>
        <translation>模型没有运行。请重新启动 Inkling，再发送这条消息。</translation>
    </message>
    <message>
        <source>The model could not answer. Your message is kept; try again.</source>
        <translation>模型没能回答。您的消息还在，可以再试一次。</translation>
    </message>
    <message>
        <source>The model gave no answer. Try again, or put it another way.</source>
        <translation>模型没有给出回答。请再试一次，或换个问法。</translation>
    </message>
</context>
<context>
    <name>Chatting</name>
    <message>
        <source>Select the text in the document that the answer replaces.</source>
        <translation>请先在文档中选中要被回答替换的文字。</translation>
    </message>
    <message>
        <source>Use Files for Answers</source>
        <translation>回答时使用文件</translation>
    </message>
    <message>
        <source>Documents ({endings});;All files (*)</source>
        <translation>文档 ({endings});;所有文件 (*)</translation>
    </message>
    <message>
        <source>There is no conversation to export yet.</source>
        <translation>还没有可导出的对话。</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Export Conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选</translation>
    </message>
</context>
<context>
    <name>CheckingBar</name>
    <message>
        <source>Preparing to read… This is done once.</source>
        <translation>正在准备通读……只需一次。</translation>
    </message>
    <message>
        <source>The model reads the document…</source>
        <translation>模型正在通读文稿…</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>{name} is used; press to see what the model is given</source>
        <translation>正在使用{name}；按下可查看交给模型的内容</translation>
    </message>
    <message>
        <source>{name}: see what the model is given</source>
        <translation>{name}：查看交给模型的内容</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除{name}</translation>
    </message>
    <message>
        <source>Not used for answers any more</source>
        <translation>回答时不再使用</translation>
    </message>
</context>
<context>
    <name>ChipColumn</name>
    <message>
        <source>Fills {percent}% of what the model can read at once.</source>
        <translation>占模型一次可读内容的 {percent}%。</translation>
    </message>
    <message>
        <source>Too long: {percent}% of what the model can read at once.</source>
        <translation>太长：是模型一次可读内容的 {percent}%。</translation>
    </message>
    <message>
        <source>Fills {percent}% of what the model can read at once; the oldest {dropped} messages are left out.</source>
        <translation>占模型一次可读内容的 {percent}%；最早的 {dropped} 条消息未包括在内。</translation>
    </message>
    <message>
        <source>{tokens} of {limit} tokens</source>
        <translation>{tokens} / {limit} 个词元</translation>
    </message>
</context>
<context>
    <name>CitationLink</name>
    <message>
        <source>{title}, line {line}</source>
        <translation>{title}，第 {line} 行</translation>
    </message>
    <message>
        <source>{title}, page {page}</source>
        <translation>{title}，第 {page} 页</translation>
    </message>
    <message>
        <source>Open {place} at these words</source>
        <translation>打开 {place}，跳到这句话</translation>
    </message>
    <message>
        <source>{source}: “{quote}”; press to open it there</source>
        <translation>{source}：“{quote}”；按下即可打开到此处</translation>
    </message>
</context>
<context>
    <name>Citing</name>
    <message>
        <source>{title} was closed without being saved, so it cannot be shown.</source>
        <translation>{title} 未保存就已关闭，无法显示。</translation>
    </message>
    <message>
        <source>These words are not in {title} any more; it was changed since.</source>
        <translation>{title} 已经改动，这句话不在其中了。</translation>
    </message>
    <message>
        <source>Selection in {title}</source>
        <translation>{title} 中的所选文字</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Type a few letters of a command</source>
        <translation>键入命令名称里的几个字</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>No command has these letters. Esc closes the list.</source>
        <translation>没有含这些字的命令。按 Esc 关闭。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>not available now</source>
        <translation>现在不可用</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>写作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Rewrite</source>
        <translation>改写(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>对话(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Rea&amp;d in Another Encoding…</source>
        <translation>用其他编码读取(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Export Revie&amp;w as Word…</source>
        <translation>将审阅导出为 Word(&amp;W)…</translation>
    </message>
    <message>
        <source>Page Set-&amp;up…</source>
        <translation>页面设置(&amp;U)…</translation>
    </message>
    <message>
        <source>Print Pre&amp;view…</source>
        <translation>打印预览(&amp;V)…</translation>
    </message>
    <message>
        <source>Pr&amp;int…</source>
        <translation>打印(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>偏好设置(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close O&amp;thers</source>
        <translation>关闭其他文档(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as R&amp;ich Text</source>
        <translation>复制为富文本(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Paste as Plai&amp;n Text</source>
        <translation>粘贴为纯文本(&amp;N)</translation>
    </message>
    <message>
        <source>Paste as &amp;Markdown</source>
        <translation>粘贴为 Markdown(&amp;M)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>R&amp;eplace</source>
        <translation>替换(&amp;E)</translation>
    </message>
    <message>
        <source>Find Ne&amp;xt</source>
        <translation>查找下一处(&amp;X)</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>查找上一处(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go to Line</source>
        <translation>转到行(&amp;G)</translation>
    </message>
    <message>
        <source>Go to &amp;Heading</source>
        <translation>转到标题(&amp;H)</translation>
    </message>
    <message>
        <source>Move Lines &amp;Down</source>
        <translation>下移行(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete Lines</source>
        <translation>删除行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Join Lines</source>
        <translation>合并行(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Bold</source>
        <translation>加粗(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Italic</source>
        <translation>斜体(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Strikethrough</source>
        <translation>删除线(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Link</source>
        <translation>链接(&amp;L)</translation>
    </message>
    <message>
        <source>Heading a Level &amp;Deeper</source>
        <translation>标题降一级(&amp;D)</translation>
    </message>
    <message>
        <source>Heading a Level &amp;Higher</source>
        <translation>标题升一级(&amp;H)</translation>
    </message>
    <message>
        <source>B&amp;ulleted List</source>
        <translation>项目符号列表(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Numbered List</source>
        <translation>编号列表(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Task List</source>
        <translation>任务列表(&amp;T)</translation>
    </message>
    <message>
        <source>Reopen Closed Docu&amp;ment</source>
        <translation>重新打开关闭的文档(&amp;M)</translation>
    </message>
    <message>
        <source>M&amp;ove Lines Up</source>
        <translation>上移行(&amp;O)</translation>
    </message>
    <message>
        <source>Duplicate Line&amp;s</source>
        <translation>复制行(&amp;S)</translation>
    </message>
    <message>
        <source>Task Don&amp;e</source>
        <translation>标记任务完成(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Quote</source>
        <translation>引用(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Align the Table</source>
        <translation>对齐表格(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Suggest While Writing</source>
        <translation>边写边建议(&amp;S)</translation>
    </message>
    <message>
        <source>Suggest &amp;Now</source>
        <translation>现在就建议(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Take the Suggestion</source>
        <translation>采纳建议(&amp;T)</translation>
    </message>
    <message>
        <source>Take a S&amp;entence of It</source>
        <translation>采纳一句(&amp;E)</translation>
    </message>
    <message>
        <source>Take a &amp;Word of It</source>
        <translation>采纳一词(&amp;W)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Suggestion</source>
        <translation>下一个建议(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Suggestion</source>
        <translation>上一个建议(&amp;V)</translation>
    </message>
    <message>
        <source>Other W&amp;ords…</source>
        <translation>其他用词(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Dismiss It</source>
        <translation>不采纳(&amp;D)</translation>
    </message>
    <message>
        <source>Check S&amp;pelling</source>
        <translation>检查拼写(&amp;P)</translation>
    </message>
    <message>
        <source>Read T&amp;hrough with the Model</source>
        <translation>用模型通读(&amp;H)</translation>
    </message>
    <message>
        <source>G&amp;rammar Rules…</source>
        <translation>语法规则(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Counts</source>
        <translation>字数统计(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Proofread</source>
        <translation>校对(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Clearer</source>
        <translation>更清楚(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Shorter</source>
        <translation>更简短(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Longer</source>
        <translation>扩写(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Formal</source>
        <translation>正式(&amp;F)</translation>
    </message>
    <message>
        <source>F&amp;riendly</source>
        <translation>亲切(&amp;R)</translation>
    </message>
    <message>
        <source>Simple &amp;Words</source>
        <translation>浅显用词(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Bullet Points</source>
        <translation>要点列表(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表格(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;itle</source>
        <translation>标题(&amp;I)</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>续写(&amp;O)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Change</source>
        <translation>下一处修改(&amp;X)</translation>
    </message>
    <message>
        <source>Accept All C&amp;hanges</source>
        <translation>接受全部修改(&amp;H)</translation>
    </message>
    <message>
        <source>Co&amp;mpare Versions of the Rewrite</source>
        <translation>对照改写版本(&amp;M)</translation>
    </message>
    <message>
        <source>Add t&amp;he Library</source>
        <translation>添加资料库(&amp;H)</translation>
    </message>
    <message>
        <source>Previous &amp;Area</source>
        <translation>上一个区域(&amp;A)</translation>
    </message>
    <message>
        <source>Move Ta&amp;b Right</source>
        <translation>右移标签页(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Move Tab Left</source>
        <translation>左移标签页(&amp;M)</translation>
    </message>
    <message>
        <source>Focus Mo&amp;de</source>
        <translation>专注模式(&amp;D)</translation>
    </message>
    <message>
        <source>Next &amp;Mistake</source>
        <translation>下一处错误(&amp;M)</translation>
    </message>
    <message>
        <source>Previo&amp;us Mistake</source>
        <translation>上一处错误(&amp;U)</translation>
    </message>
    <message>
        <source>Chec&amp;k Grammar</source>
        <translation>检查语法(&amp;K)</translation>
    </message>
    <message>
        <source>Spelling &amp;and Dictionaries…</source>
        <translation>拼写和词典(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Goal of the Day</source>
        <translation>今日目标(&amp;G)</translation>
    </message>
    <message>
        <source>Translat&amp;e to…</source>
        <translation>翻译成(&amp;E)…</translation>
    </message>
    <message>
        <source>Own Instr&amp;uction…</source>
        <translation>自己写要求(&amp;U)…</translation>
    </message>
    <message>
        <source>Actio&amp;ns…</source>
        <translation>操作(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Accept Change</source>
        <translation>接受这处修改(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;ject Change</source>
        <translation>拒绝这处修改(&amp;J)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Change</source>
        <translation>上一处修改(&amp;V)</translation>
    </message>
    <message>
        <source>Reject All Chan&amp;ges</source>
        <translation>拒绝全部修改(&amp;G)</translation>
    </message>
    <message>
        <source>Later Version of the Rewrite</source>
        <translation>较后的改写版本</translation>
    </message>
    <message>
        <source>Earlier Version of the Rewrite</source>
        <translation>较早的改写版本</translation>
    </message>
    <message>
        <source>Show &amp;Panel</source>
        <translation>显示侧栏(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>Add This &amp;Document</source>
        <translation>加入本文档(&amp;D)</translation>
    </message>
    <message>
        <source>Add the &amp;Selection</source>
        <translation>加入选中内容(&amp;S)</translation>
    </message>
    <message>
        <source>Add &amp;Files…</source>
        <translation>添加文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Answer With &amp;Quotations</source>
        <translation>引用原文作答(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;What the Model Is Given…</source>
        <translation>交给模型的内容(&amp;W)…</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;New Conversation</source>
        <translation>新对话(&amp;N)</translation>
    </message>
    <message>
        <source>All Con&amp;versations</source>
        <translation>全部对话(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Rename Conversation</source>
        <translation>重命名对话(&amp;R)</translation>
    </message>
    <message>
        <source>Instr&amp;uction for This Conversation</source>
        <translation>此对话的说明(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Export Conversation…</source>
        <translation>导出对话(&amp;E)…</translation>
    </message>
    <message>
        <source>De&amp;lete Conversation</source>
        <translation>删除对话(&amp;L)</translation>
    </message>
    <message>
        <source>Edit &amp;Message</source>
        <translation>编辑消息(&amp;M)</translation>
    </message>
    <message>
        <source>Re&amp;generate Answer</source>
        <translation>重新生成回答(&amp;G)</translation>
    </message>
    <message>
        <source>Previ&amp;ous Version</source>
        <translation>上一个版本(&amp;O)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Version</source>
        <translation>下一个版本(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Copy Answer</source>
        <translation>复制回答(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Insert Answer</source>
        <translation>插入回答(&amp;I)</translation>
    </message>
    <message>
        <source>Replace Selection &amp;by Answer</source>
        <translation>用回答替换所选文字(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Command Palette</source>
        <translation>命令面板(&amp;C)</translation>
    </message>
    <message>
        <source>Out&amp;line</source>
        <translation>大纲(&amp;L)</translation>
    </message>
    <message>
        <source>Next A&amp;rea</source>
        <translation>下一个区域(&amp;R)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Usual Size</source>
        <translation>平常大小(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;System Theme</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>纸张(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Night</source>
        <translation>夜晚(&amp;N)</translation>
    </message>
    <message>
        <source>S&amp;epia</source>
        <translation>暖黄(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;High Contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Document</source>
        <translation>下一个文档(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Document</source>
        <translation>上一个文档(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Typewriter Scrolling</source>
        <translation>打字机滚动(&amp;T)</translation>
    </message>
    <message>
        <source>Show &amp;Where Text Came From</source>
        <translation>显示文字来源(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Su&amp;mmarise…</source>
        <translation>摘要(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Keywords…</source>
        <translation>关键词(&amp;K)…</translation>
    </message>
    <message>
        <source>Tone and Se&amp;ntiment…</source>
        <translation>语气与情感(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Brainstorm…</source>
        <translation>头脑风暴(&amp;B)…</translation>
    </message>
    <message>
        <source>T&amp;ranslate and Couplets…</source>
        <translation>翻译与对联(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Library…</source>
        <translation>资料库(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Simulate on This Document…</source>
        <translation>在此文档上模拟(&amp;S)…</translation>
    </message>
    <message>
        <source>How &amp;Quick Suggestions Are…</source>
        <translation>建议有多快(&amp;Q)…</translation>
    </message>
    <message>
        <source>&amp;Teach Inkling My Style…</source>
        <translation>教 Inkling 我的文风(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Origin of This Text…</source>
        <translation>这篇文字的来源(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;User Guide</source>
        <translation>用户指南(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Welcome…</source>
        <translation>欢迎(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>The &amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;About Inkling</source>
        <translation>关于 Inkling(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Left version</source>
        <translation>左侧版本</translation>
    </message>
    <message>
        <source>Right version</source>
        <translation>右侧版本</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原文</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>+ Document</source>
        <translation>+ 文档</translation>
    </message>
    <message>
        <source>Use this document for answers</source>
        <translation>回答时参考本文档</translation>
    </message>
    <message>
        <source>+ Selection</source>
        <translation>+ 选中内容</translation>
    </message>
    <message>
        <source>Use the selected text for answers</source>
        <translation>回答时参考选中的文字</translation>
    </message>
    <message>
        <source>+ File</source>
        <translation>+ 文件</translation>
    </message>
    <message>
        <source>Use a file for answers</source>
        <translation>回答时使用文件</translation>
    </message>
    <message>
        <source>+ Library</source>
        <translation>＋ 资料库</translation>
    </message>
    <message>
        <source>Look for answers in the library</source>
        <translation>在资料库中查找答案</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>停止回答（Esc）</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Enter opens, F2 renames, Delete deletes, Esc goes back.</source>
        <translation>回车打开，F2 改名，Delete 删除，Esc 返回。</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Nothing was said with these words.</source>
        <translation>没有对话包含这些词。</translation>
    </message>
    <message>
        <source>Conversations are kept here once something is said in them.</source>
        <translation>开始交谈后，对话会保存在这里。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ConversationSaver</name>
    <message>
        <source>The conversation could not be saved ({reason}). It stays here until you close Inkling; copy what you need.</source>
        <translation>对话没能保存（{reason}）。关闭 Inkling 之前它都在这里，需要的内容请先复制。</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>This is a new conversation.</source>
        <translation>这是新的对话。</translation>
    </message>
    <message>
        <source>Bring the old one back</source>
        <translation>回到原来的对话</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Inkling</source>
        <translation>Inkling</translation>
    </message>
    <message>
        <source>(with {titles})</source>
        <translation>（附上：{titles}）</translation>
    </message>
    <message>
        <source>Instruction: {instruction}</source>
        <translation>说明：{instruction}</translation>
    </message>
    <message>
        <source>stopped here</source>
        <translation>到此停止</translation>
    </message>
    <message>
        <source>Not in your documents.</source>
        <translation>您的资料里没有提到。</translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>已删除“{title}”。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The conversation is in {name} now.</source>
        <translation>对话已存入 {name}。</translation>
    </message>
    <message>
        <source>That could not be done ({reason}). The conversations are unchanged.</source>
        <translation>未能完成（{reason}）。对话没有改动。</translation>
    </message>
    <message>
        <source>That conversation is not there any more, or its file is damaged.</source>
        <translation>该对话已不存在，或其文件已损坏。</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>CountsButton</name>
    <message>
        <source>{minutes} min read</source>
        <translation>读完约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>goal {goal}: {added}, reached</source>
        <translation>目标 {goal} 字：{added}，已达成</translation>
    </message>
    <message>
        <source>goal {goal}: {added}</source>
        <translation>目标 {goal} 字：{added}</translation>
    </message>
    <message>
        <source>Counts and the day&apos;s goal</source>
        <translation>字数统计与今日目标</translation>
    </message>
    <message>
        <source>{part} of {count} words</source>
        <translation>已选 {part} 字，共 {count} 字</translation>
    </message>
    <message>
        <source>1 word</source>
        <translation>1 字</translation>
    </message>
    <message>
        <source>{count} words</source>
        <translation>{count} 字</translation>
    </message>
</context>
<context>
    <name>CountsDetails</name>
    <message>
        <source>Counts</source>
        <translation>字数统计</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>全文</translation>
    </message>
    <message>
        <source>Words to write in a day</source>
        <translation>每天要写的字数</translation>
    </message>
    <message>
        <source>no goal</source>
        <translation>不设目标</translation>
    </message>
    <message>
        <source>Written today: {count}</source>
        <translation>今天已写：{count} 字</translation>
    </message>
    <message>
        <source>Start Over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Characters without spaces</source>
        <translation>字符（不计空格）</translation>
    </message>
    <message>
        <source>Chinese characters</source>
        <translation>汉字</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Paragraphs</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Time to read</source>
        <translation>阅读时间</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close Others</source>
        <translation>关闭其他文档</translation>
    </message>
    <message>
        <source>Copy Path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>{file} (with unsaved changes)</source>
        <translation>{file}（有未保存的更改）</translation>
    </message>
</context>
<context>
    <name>DocumentBar</name>
    <message>
        <source>Open documents</source>
        <translation>打开的文档</translation>
    </message>
    <message>
        <source>Earlier documents</source>
        <translation>前面的文档</translation>
    </message>
    <message>
        <source>Later documents</source>
        <translation>后面的文档</translation>
    </message>
    <message>
        <source>Close this document</source>
        <translation>关闭这个文档</translation>
    </message>
</context>
<context>
    <name>DocumentController</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Save the changes to {name}?</source>
        <translation>要保存对“{name}”的修改吗？</translation>
    </message>
    <message>
        <source>Your changes will be lost if you do not save them.</source>
        <translation>如果不保存，这些修改就没有了。</translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>{name} was read in {encoding}, which is a guess: nothing in the file says. File &gt; Read in Another Encoding changes that.</source>
        <translation>{name} 按 {encoding} 读取，这是推测：文件里没有说明。可用“文件 &gt; 用其他编码读取”更改。</translation>
    </message>
    <message>
        <source>{name} has several kinds of line ends. Saving keeps each line’s own; saving under another name makes them all the same.</source>
        <translation>“{name}”里有几种不同的换行符。保存时每行照旧；另存为别的名字时会统一成一种。</translation>
    </message>
    <message>
        <source>Another program has changed {name} since it was opened. Nothing was saved yet. Save under another name to keep both versions.</source>
        <translation>“{name}”打开以后被别的程序改过，现在还没有保存。想两个版本都留下，请另存为别的名字。</translation>
    </message>
    <message>
        <source>Save under another name…</source>
        <translation>另存为别的名字…</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>{name} is written in {encoding}, which does not have every character of your text. Nothing was saved yet; in UTF-8 all of it can be kept.</source>
        <translation>“{name}”用的是 {encoding} 编码，存不下您文字里的所有字符。现在还没有保存；改用 UTF-8 就能全部存下。</translation>
    </message>
    <message>
        <source>Save as UTF-8</source>
        <translation>存成 UTF-8</translation>
    </message>
    <message>
        <source>Replace the other version</source>
        <translation>用我的版本覆盖</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Text and Markdown (*.md *.markdown *.txt *.text);;All files (*)</source>
        <translation>文本和 Markdown (*.md *.markdown *.txt *.text);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>DocumentTab</name>
    <message>
        <source>Write, pause, and a suggestion appears. Tab takes it.</source>
        <translation>写几句，停一停，建议就会出现。按 Tab 采用。</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>文档正文</translation>
    </message>
</context>
<context>
    <name>EmptyWords</name>
    <message>
        <source>Ask what your texts say. The sentence that answers is quoted first; press its source to see it where it stands.

Choose below where to look: this document, files, or the library, which holds folders of yours.

What they do not say is not made up.</source>
        <translation>问问您的资料里说了什么。会先引用作答的那句原文；点它的出处，就能看到它在原处的样子。

请在下方选择在哪里查找：这篇文稿、一些文件，或存放您文件夹的资料库。

资料里没有的，不会编造。</translation>
    </message>
    <message>
        <source>Ask anything about what you are writing: a better word, a title, what a paragraph says.

Add the document, a selection or a file below and the answer can use it. Nothing leaves this computer.

The model is small and can be wrong. Check what it claims.</source>
        <translation>您可以就正在写的内容随意提问：更好的用词、标题、某一段的意思。

在下面添加文档、所选文字或文件，回答就能用到它们。任何内容都不会离开这台电脑。

模型很小，可能出错。请核对它的说法。</translation>
    </message>
</context>
<context>
    <name>EncodingChoice</name>
    <message>
        <source>This document has no file yet, so it has no encoding.</source>
        <translation>本文档还没有文件，因此没有编码。</translation>
    </message>
    <message>
        <source>Save or undo your changes first: the file is read anew from the disk.</source>
        <translation>请先保存或撤销改动：文件会从磁盘重新读取。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>{name} was read in {encoding}. Read it in:</source>
        <translation>{name} 按 {encoding} 读取。改为：</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
</context>
<context>
    <name>ErrorKinds</name>
    <message>
        <source>Spelling</source>
        <translation>拼写</translation>
    </message>
    <message>
        <source>Capital letter</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>Apostrophe</source>
        <translation>撇号</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>Two sentences in one</source>
        <translation>两句未断开</translation>
    </message>
    <message>
        <source>Comma between sentences</source>
        <translation>句间误用逗号</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>冠词</translation>
    </message>
    <message>
        <source>Preposition</source>
        <translation>介词</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>主谓一致</translation>
    </message>
    <message>
        <source>Tense</source>
        <translation>时态</translation>
    </message>
    <message>
        <source>Form of the verb</source>
        <translation>动词形式</translation>
    </message>
    <message>
        <source>Singular or plural</source>
        <translation>单复数</translation>
    </message>
    <message>
        <source>Words that sound alike</source>
        <translation>同音词</translation>
    </message>
    <message>
        <source>Order of the words</source>
        <translation>词序</translation>
    </message>
    <message>
        <source>Word left out</source>
        <translation>多余的词</translation>
    </message>
    <message>
        <source>Word written twice</source>
        <translation>重复的词</translation>
    </message>
    <message>
        <source>Word too many</source>
        <translation>多余的词</translation>
    </message>
    <message>
        <source>Choice of words</source>
        <translation>措辞</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{name} was changed by another program since it was opened. Nothing was saved yet.</source>
        <translation>“{name}”打开以后被别的程序改过，现在还没有保存。</translation>
    </message>
    <message>
        <source>{name} could not be saved: {reason}. The file on disk is unchanged and your text is still here. Save it under another name or in another folder.</source>
        <translation>“{name}”没能保存：{reason}。磁盘上的文件没有改动，您的文字也还在。请换个名字或文件夹保存。</translation>
    </message>
    <message>
        <source>{name} could not be opened: {reason}. Nothing was changed.</source>
        <translation>“{name}”打不开：{reason}。什么都没有改动。</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose a file in it.</source>
        <translation>“{name}”是文件夹，请选里面的文件。</translation>
    </message>
    <message>
        <source>{name} is not an ordinary file. It was not opened.</source>
        <translation>“{name}”不是普通文件，没有打开。</translation>
    </message>
    <message>
        <source>{name} is larger than {size} MB, too large to edit here. It was not opened.</source>
        <translation>“{name}”超过 {size} MB，太大了，不能在这里编辑，没有打开。</translation>
    </message>
    <message>
        <source>{name} is not a text file. It was not opened or changed.</source>
        <translation>“{name}”不是文本文件，没有打开，也没有改动。</translation>
    </message>
    <message>
        <source>{name} is not written in {encoding}: it has bytes that mean nothing there. It stays open as it was.</source>
        <translation>{name} 不是用 {encoding} 写的：其中有在该编码里没有意义的字节。它保持原样打开。</translation>
    </message>
    <message>
        <source>Line {line} contains half of a character, which no file can hold. Nothing was saved yet and your text is still here. Delete that character and save again.</source>
        <translation>第 {line} 行有半个字符，任何文件都存不下。现在还没有保存，您的文字还在。请删掉那个字符再保存。</translation>
    </message>
    <message>
        <source>The character “{character}” cannot be written in this file&apos;s encoding ({encoding}). Nothing was saved yet; save as UTF-8 to keep it.</source>
        <translation>这个文件的编码（{encoding}）写不了“{character}”。现在还没有保存；存成 UTF-8 就能留下它。</translation>
    </message>
    <message>
        <source>it is protected against changes</source>
        <translation>文件受保护，不能改动</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>Unsaved changes cannot be protected against a crash: {reason}. Your text is here; save it often.</source>
        <translation>没保存的改动现在防不住崩溃：{reason}。您的文字还在，请常保存。</translation>
    </message>
    <message>
        <source>The journal does not follow this document: its changes are protected again once it is saved.</source>
        <translation>恢复日志没有跟上这份文档，保存一次以后就又受保护了。</translation>
    </message>
    <message>
        <source>The journal and the document differ: its changes are protected again once it is saved.</source>
        <translation>恢复日志和文档对不上，保存一次以后就又受保护了。</translation>
    </message>
    <message>
        <source>The journal does not know this document.</source>
        <translation>恢复日志里没有这份文档。</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘满了</translation>
    </message>
    <message>
        <source>the journal is locked</source>
        <translation>恢复日志被占用</translation>
    </message>
    <message>
        <source>the journal may not be changed</source>
        <translation>恢复日志不允许改动</translation>
    </message>
    <message>
        <source>the journal cannot be opened</source>
        <translation>恢复日志打不开</translation>
    </message>
    <message>
        <source>the disk does not work</source>
        <translation>磁盘出了故障</translation>
    </message>
    <message>
        <source>the journal is damaged</source>
        <translation>恢复日志损坏了</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>operation not permitted</source>
        <translation>系统不允许</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>file exists</source>
        <translation>已经有同名的文件</translation>
    </message>
    <message>
        <source>not a directory</source>
        <translation>路径里有一段不是文件夹</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>磁盘没有空间了</translation>
    </message>
    <message>
        <source>disk quota exceeded</source>
        <translation>超出了磁盘配额</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>磁盘是只读的</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>磁盘读写出错</translation>
    </message>
    <message>
        <source>file name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>No model is set up, or not the one asked for. In the source checkout, run `python3 dev.py run` once: it fetches the default model and prepares it.</source>
        <translation>还没有准备好模型，或者没有您指定的那个。请在源代码文件夹里运行一次 `python3 dev.py run`，它会取来默认模型并准备好。</translation>
    </message>
    <message>
        <source>The model in {path} is incomplete or was changed. Your documents are not affected. Remove that folder and set the model up again.</source>
        <translation>{path} 里的模型不完整，或者被改动过。您的文档不受影响。请删掉那个文件夹，再重新准备模型。</translation>
    </message>
    <message>
        <source>The action in {path} cannot be used: line {line}: {reason}. The other actions are not affected. Correct the file, or delete it.</source>
        <translation>{path} 中的操作不能用：第 {line} 行：{reason}。其他操作不受影响。请改正或删除这个文件。</translation>
    </message>
    <message>
        <source>There is no adapter of that name. Your text is unchanged. `inkling models list` says which there are.</source>
        <translation>没有这个名称的适配器。您的文字没有改动。`inkling models list` 会列出现有的适配器。</translation>
    </message>
    <message>
        <source>The adapter in {path} is incomplete or was changed. Your documents and the model are not affected. Remove that folder and get the adapter again.</source>
        <translation>{path} 中的适配器不完整或已被改动。您的文档和模型不受影响。请删除该文件夹，重新获取适配器。</translation>
    </message>
    <message>
        <source>The adapter {adapter} was made for the model {made_for} and does not fit {model}. Nothing was changed. Choose that model, or go on without the adapter.</source>
        <translation>适配器 {adapter} 是为模型 {made_for} 制作的，不适用于 {model}。什么都没有改动。请选用该模型，或不用适配器继续。</translation>
    </message>
    <message>
        <source>This text is too long for the model: it has {got:,} tokens and the model can read {limit:,} at once. Nothing was changed. Use a shorter selection, message or context.</source>
        <translation>这段文字对模型来说太长了：它有 {got:,} 个词元，模型一次只能读 {limit:,} 个。什么都没有改动。请缩短选中内容、消息或附带的文字。</translation>
    </message>
    <message>
        <source>This model cannot do that; one that only continues text can neither rewrite nor chat. Your text is unchanged. Choose an instruct model.</source>
        <translation>这个模型做不了这件事；只会续写的模型不能改写，也不能对话。您的文字没有改动。请换一个指令模型。</translation>
    </message>
    <message>
        <source>The graphics card cannot be used, so the model runs on the processor; everything works. `inkling doctor` says why.</source>
        <translation>无法使用显卡，模型改在处理器上运行；一切功能照常。`inkling doctor` 会说明原因。</translation>
    </message>
    <message>
        <source>The model was stopped. Restart Inkling.</source>
        <translation>模型已经停了。请重新启动 Inkling。</translation>
    </message>
    <message>
        <source>The model stopped with an error while generating. Your text is unchanged. Try again; if it happens again, restart Inkling.</source>
        <translation>模型生成时出错，停了下来。您的文字没有改动。请再试一次；如果还是这样，请重新启动 Inkling。</translation>
    </message>
    <message>
        <source>The library could not do that. Your files are not affected. Look whether the folder or file is there and may be read, and try again.</source>
        <translation>资料库无法完成这一操作。您的文件不受影响。请检查文件夹或文件是否存在、是否可读，然后重试。</translation>
    </message>
    <message>
        <source>The model does not work. Your documents are not affected. Restart Inkling; if it happens again, set the model up again.</source>
        <translation>模型出了问题。您的文档不受影响。请重新启动 Inkling；如果还是这样，请重新准备模型。</translation>
    </message>
    <message>
        <source>A group that begins with ( is not closed.</source>
        <translation>以 ( 开头的分组没有闭合。</translation>
    </message>
    <message>
        <source>A set that begins with [ is not closed.</source>
        <translation>以 [ 开头的字符集没有闭合。</translation>
    </message>
    <message>
        <source>There is a ) without a ( before it.</source>
        <translation>有一个 )，前面却没有对应的 (。</translation>
    </message>
    <message>
        <source>In a repetition {{ }} the first number is the greater one.</source>
        <translation>重复次数 {{ }} 中，前一个数比后一个大。</translation>
    </message>
    <message>
        <source>At character {place} there is nothing to repeat.</source>
        <translation>第 {place} 个字符处没有可重复的内容。</translation>
    </message>
    <message>
        <source>The pattern refers to a group that it does not have.</source>
        <translation>表达式引用了不存在的分组。</translation>
    </message>
    <message>
        <source>A \ stands at the end; for a backslash, write it twice.</source>
        <translation>末尾有一个单独的 \；要表示反斜杠本身，请写两个。</translation>
    </message>
    <message>
        <source>A range in [ ] runs backwards at character {place}.</source>
        <translation>第 {place} 个字符处，[ ] 中的范围前后颠倒。</translation>
    </message>
    <message>
        <source>At character {place} a kind of characters is unknown.</source>
        <translation>第 {place} 个字符处的字符类别无法识别。</translation>
    </message>
    <message>
        <source>This is not a regular expression: at character {place} it goes wrong.</source>
        <translation>这不是有效的正则表达式：第 {place} 个字符处有误。</translation>
    </message>
    <message>
        <source>In the replacement, after a \ comes a digit, g&lt;name&gt;, n, t or another \.</source>
        <translation>替换内容中，\ 后面应是数字、g&lt;名称&gt;、n、t 或另一个 \。</translation>
    </message>
    <message>
        <source>The replacement speaks of group {group}, which the pattern does not have.</source>
        <translation>替换内容引用了分组 {group}，而表达式中没有这个分组。</translation>
    </message>
    <message>
        <source>The spelling dictionary {name} cannot be used, so there is no spelling check with it. Your text is not affected. Choose another dictionary, or import this one again.</source>
        <translation>拼写词典 {name} 无法使用，因此不能用它检查拼写。您的文稿不受影响。请换一部词典，或重新导入这部词典。</translation>
    </message>
    <message>
        <source>{name} is no Hunspell dictionary. Nothing was changed. Choose the .dic file of a pair like en_GB.dic and en_GB.aff.</source>
        <translation>{name} 不是 Hunspell 词典。没有任何改动。请选择成对文件（如 en_GB.dic 和 en_GB.aff）中的 .dic 文件。</translation>
    </message>
    <message>
        <source>The name {name} does not say which language the dictionary is for. Nothing was changed. Rename both files after the language, like de_AT.dic and de_AT.aff.</source>
        <translation>从文件名 {name} 看不出词典属于哪种语言。没有任何改动。请按语言给两个文件改名，如 de_AT.dic 和 de_AT.aff。</translation>
    </message>
    <message>
        <source>The dictionary {name} could not be copied: {reason}.</source>
        <translation>词典 {name} 无法复制：{reason}。</translation>
    </message>
    <message>
        <source>{name} was not imported into Inkling, so it is not removed.</source>
        <translation>{name} 不是导入 Inkling 的词典，因此没有移除。</translation>
    </message>
    <message>
        <source>The dictionary {name} could not be removed: {reason}.</source>
        <translation>词典 {name} 无法移除：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}. Nothing was changed. A dictionary is a pair of files with the same name, ending in .dic and .aff.</source>
        <translation>无法读取 {path}：{reason}。没有任何改动。一部词典由两个同名文件组成，分别以 .dic 和 .aff 结尾。</translation>
    </message>
    <message>
        <source>{path} is too large for a dictionary, or no ordinary file. Nothing was changed. Files may have up to {most} MB.</source>
        <translation>{path} 对词典来说太大，或不是普通文件。没有任何改动。文件不得超过 {most} MB。</translation>
    </message>
    <message>
        <source>{path} is damaged, no Hunspell dictionary, or in an encoding that is not known. Nothing was changed.</source>
        <translation>{path} 已损坏，不是 Hunspell 词典，或使用了未知的编码。没有任何改动。</translation>
    </message>
    <message>
        <source>Teaching was ended by the system, perhaps for want of memory. What was learnt until about a minute before is kept. Close other programs, and go on.</source>
        <translation>学习被系统终止了，可能是内存不够。大约一分钟之前学到的都还在。请关闭其他程序，然后继续。</translation>
    </message>
    <message>
        <source>These texts cannot be learnt from: there are too few of them, or one is far too large. Nothing was changed. Choose a folder with more texts (.txt, .md).</source>
        <translation>这些文章没法学：数量太少，或者有一篇实在太大。什么都没有改变。请选择一个文章更多的文件夹（.txt、.md）。</translation>
    </message>
    <message>
        <source>There is too little memory free for teaching. Nothing was changed. Close other programs and start again.</source>
        <translation>空闲内存不够，没法学习。什么都没有改变。请关闭其他程序，再重新开始。</translation>
    </message>
    <message>
        <source>The disk is too full. What was learnt so far is kept. Make room and start again.</source>
        <translation>磁盘快满了。目前学到的都还在。请腾出空间，再重新开始。</translation>
    </message>
    <message>
        <source>There is too little memory. What was learnt so far is kept. Close other programs, and go on.</source>
        <translation>内存不够。目前学到的都还在。请关闭其他程序，然后继续。</translation>
    </message>
    <message>
        <source>The loss is not a number any more, so teaching ended. The model that you have is unchanged.</source>
        <translation>损失已经不是数值，学习因此结束。现有的模型没有改变。</translation>
    </message>
    <message>
        <source>A style of that name is there already, or is being taught other texts. Nothing was changed. Choose another name, or erase that one.</source>
        <translation>已经有同名的文风，或者它正在学别的文章。什么都没有改变。请换一个名字，或者删除原有的。</translation>
    </message>
    <message>
        <source>This model cannot be taught. Nothing was changed. Choose another one, or set it up again.</source>
        <translation>这个模型没法教。什么都没有改变。请换一个模型，或者重新安装它。</translation>
    </message>
    <message>
        <source>Teaching did not work. The model that you have is unchanged.</source>
        <translation>学习没有成功。现有的模型没有改变。</translation>
    </message>
    <message>
        <source>{name} is not open any more, so it cannot be searched. Nothing was changed. Open it, or choose other sources.</source>
        <translation>{name} 已经关闭，无法查找。什么都没有改动。请打开它，或选择别的资料。</translation>
    </message>
    <message>
        <source>There is no text in {name}. Nothing was changed. Choose other sources.</source>
        <translation>{name} 中没有文字。什么都没有改动。请选择别的资料。</translation>
    </message>
    <message>
        <source>The file could not be opened; look whether you may read it.</source>
        <translation>无法打开该文件；请检查是否有读取权限。</translation>
    </message>
    <message>
        <source>The file is damaged or is not what its name says; open it in its own program and save it again.</source>
        <translation>文件已损坏，或与其扩展名不符；请用原来的程序打开并重新保存。</translation>
    </message>
    <message>
        <source>The file is locked with a password; save a copy without one.</source>
        <translation>文件有密码保护；请另存一份不带密码的副本。</translation>
    </message>
    <message>
        <source>The file holds more text than is indexed; split it into parts.</source>
        <translation>文件中的文字超出了可编入索引的量；请拆分成几部分。</translation>
    </message>
    <message>
        <source>Reading the file took too long, so it was left out.</source>
        <translation>读取该文件耗时过长，已略过。</translation>
    </message>
    <message>
        <source>The file has no text in it, perhaps only pictures of pages.</source>
        <translation>文件中没有文字，可能只有页面图片。</translation>
    </message>
    <message>
        <source>The action could not be written to {path}: {reason}. Nothing was changed.</source>
        <translation>操作无法写入 {path}：{reason}。什么都没有改动。</translation>
    </message>
    <message>
        <source>There is an action called {name} already. Nothing was changed. Rename one of them first, or import it again and let it take the other&apos;s place.</source>
        <translation>已经有一个名为 {name} 的操作。什么都没有改动。请先给其中一个改名，或重新导入并让它取代另一个。</translation>
    </message>
    <message>
        <source>{name} comes with Inkling and cannot be deleted. Nothing was changed.</source>
        <translation>{name} 是 Inkling 自带的，不能删除。什么都没有改动。</translation>
    </message>
    <message>
        <source>The grammar check does not answer, so it has been switched off until Inkling starts again. Your text is not affected.</source>
        <translation>语法检查没有响应，因此已停用，直到下次启动 Inkling。您的文本不受影响。</translation>
    </message>
    <message>
        <source>{format} needs the program pandoc, which is not there. Nothing was changed. Install pandoc 3.5 or newer; PDF, web pages, OpenDocument and plain text can be written without it.</source>
        <translation>{format}需要程序 pandoc，但这里没有它。什么都没有改动。请安装 pandoc 3.5 或更新的版本；没有它也能写出 PDF、网页、OpenDocument 和纯文本。</translation>
    </message>
    <message>
        <source>{name} could not be read: it is damaged, or not what its name says. The file was not changed.</source>
        <translation>无法读取 {name}：它已损坏，或者与文件名所说的类型不符。文件没有改动。</translation>
    </message>
    <message>
        <source>{name} was not opened: it would take more than {size} MB of memory or disk when unpacked. Nothing was changed.</source>
        <translation>没有打开 {name}：展开后会占用超过 {size} MB 的内存或磁盘。什么都没有改动。</translation>
    </message>
    <message>
        <source>{name} was given up after {seconds} seconds of conversion. Nothing was changed. Try a smaller part of it.</source>
        <translation>转换 {name} 用了 {seconds} 秒仍未完成，已放弃。什么都没有改动。请试试其中较小的一部分。</translation>
    </message>
    <message>
        <source>{name} was not opened: it declares entities, as files made to harm a program do. Nothing was changed.</source>
        <translation>没有打开 {name}：它声明了实体，蓄意破坏程序的文件就是这样做的。什么都没有改动。</translation>
    </message>
    <message>
        <source>{name} is protected by a password, or was made by Word 2003 or older. It was not opened. Save it as an ordinary .docx file without a password first.</source>
        <translation>{name} 有密码保护，或者由 Word 2003 或更早的版本生成。没有打开它。请先把它另存为不带密码的普通 .docx 文件。</translation>
    </message>
    <message>
        <source>{name} is protected by a password. It was not opened. Save it without one first.</source>
        <translation>{name} 有密码保护，没有打开它。请先另存为不带密码的文件。</translation>
    </message>
    <message>
        <source>{name} has no text, only pictures of it, as a scanner makes them. It was not opened; a program for text recognition can add the text.</source>
        <translation>{name} 里没有文字，只有扫描得到的图片。没有打开它；文字识别程序可以为它加上文字。</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}. Your text is unchanged. Try another name or folder.</source>
        <translation>无法写入 {name}：{reason}。您的文字没有改动。请换一个名称或文件夹。</translation>
    </message>
    <message>
        <source>The text could not be turned into {format}. Your text is unchanged and nothing was written.</source>
        <translation>无法把文字转换为{format}。您的文字没有改动，也没有写出任何文件。</translation>
    </message>
    <message>
        <source>{name} is of a kind that Inkling cannot {act}. Nothing was changed.</source>
        <translation>Inkling 无法{act} {name} 这种类型的文件。什么都没有改动。</translation>
    </message>
    <message>
        <source>The document could not be converted: something in it was not foreseen. Nothing was changed. The log says what.</source>
        <translation>无法转换这份文档：其中有没有预料到的内容。什么都没有改动。详情见日志。</translation>
    </message>
    <message>
        <source>The conversion was stopped. Nothing was changed.</source>
        <translation>转换已停止。什么都没有改动。</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>This kind of document</source>
        <translation>这种文档</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Where the words of this text came from cannot be kept: {reason}. The text itself is not affected.</source>
        <translation>无法保存这篇文字的来源记录：{reason}。文字本身不受影响。</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>Tracked Changes</source>
        <translation>修订</translation>
    </message>
    <message>
        <source>{name} has changes that were tracked in Word.</source>
        <translation>{name} 含有在 Word 中记录的修订。</translation>
    </message>
    <message>
        <source>Open it with all of them accepted, with none of them, or with both versions between marks, {marks}, and comments?</source>
        <translation>打开时接受全部修订、全部拒绝，还是用标记 {marks} 保留两种版本以及批注？</translation>
    </message>
    <message>
        <source>Accept All</source>
        <translation>全部接受</translation>
    </message>
    <message>
        <source>Keep Marked</source>
        <translation>保留并标记</translation>
    </message>
    <message>
        <source>Reject All</source>
        <translation>全部拒绝</translation>
    </message>
    <message>
        <source>{name} was converted to Markdown. The file itself stays as it is.</source>
        <translation>{name} 已转换为 Markdown。文件本身保持不变。</translation>
    </message>
    <message>
        <source>Its pictures ({count}) are kept in {folder}.</source>
        <translation>其中的 {count} 张图片保存在 {folder}。</translation>
    </message>
    <message>
        <source>Pictures that could not be taken over: {count}.</source>
        <translation>未能带过来的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open as Text</source>
        <translation>按文本打开</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Page Set-up…</source>
        <translation>页面设置…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Format:</source>
        <translation>格式：</translation>
    </message>
    <message>
        <source>Looking through the text…</source>
        <translation>正在查看文字…</translation>
    </message>
    <message>
        <source>This format can keep everything that is in this document.</source>
        <translation>这种格式可以保留本文档的全部内容。</translation>
    </message>
    <message>
        <source>What this format cannot keep of this document:</source>
        <translation>这种格式无法保留本文档的以下内容：</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>正在写入 {name}…</translation>
    </message>
    <message>
        <source>{name} was written. The document itself is as it was.</source>
        <translation>已写出 {name}。文档本身没有变化。</translation>
    </message>
</context>
<context>
    <name>FileWatch</name>
    <message>
        <source>{name} was changed by another program and has been read again.</source>
        <translation>“{name}”被其他程序修改，已重新读取。</translation>
    </message>
    <message>
        <source>{name} was changed by another program. Your own changes are here, unsaved. With the other version, Undo brings yours back.</source>
        <translation>“{name}”被其他程序修改。您的更改还在，尚未保存。如果换成另一个版本，可用“撤销”恢复您的版本。</translation>
    </message>
    <message>
        <source>Take the Other Version</source>
        <translation>换成另一个版本</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>保留我的版本</translation>
    </message>
    <message>
        <source>{name} is no longer on the disk. Your text is here; save it to keep it.</source>
        <translation>磁盘上已没有“{name}”。您的文字还在这里，请保存。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>With regular expressions: \1 is what the first group matched, \0 all of it, \n a line break, \t a tab, \\ a backslash.</source>
        <translation>使用正则表达式时：\1 是第一个分组匹配的内容，\0 是整个匹配，\n 换行，\t 制表符，\\ 反斜杠。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Only in the selection</source>
        <translation>仅在所选文字中</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Select the text to search in first.</source>
        <translation>请先选中要查找的范围。</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>正在查找</translation>
    </message>
    <message>
        <source>{count} found; the pattern takes too long</source>
        <translation>已找到 {count} 处；表达式耗时过长</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 处</translation>
    </message>
    <message>
        <source>{count} matches</source>
        <translation>{count} 处</translation>
    </message>
    <message>
        <source>{current} of {count}</source>
        <translation>第 {current} 处，共 {count} 处</translation>
    </message>
    <message>
        <source>{place}, from the top again</source>
        <translation>{place}，已从头开始</translation>
    </message>
    <message>
        <source>{place}, from the end again</source>
        <translation>{place}，已从末尾开始</translation>
    </message>
    <message>
        <source>1 match was replaced.</source>
        <translation>已替换 1 处。</translation>
    </message>
    <message>
        <source>{count} matches were replaced.</source>
        <translation>已替换 {count} 处。</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>This pattern takes too long on this text. Nothing was replaced.</source>
        <translation>这个表达式在这篇文字上耗时过长，没有替换任何内容。</translation>
    </message>
    <message>
        <source>The text was changed meanwhile. Nothing was replaced; try again.</source>
        <translation>期间文字有改动，没有替换任何内容；请再试一次。</translation>
    </message>
</context>
<context>
    <name>FontField</name>
    <message>
        <source>{font} (comes with Inkling)</source>
        <translation>{font}（Inkling 自带）</translation>
    </message>
    <message>
        <source>{font} (not installed)</source>
        <translation>{font}（未安装）</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument 文本</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>E-book (EPUB)</source>
        <translation>电子书（EPUB）</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>富文本</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
</context>
<context>
    <name>GhostText</name>
    <message>
        <source>Suggestion: {text}</source>
        <translation>建议：{text}</translation>
    </message>
</context>
<context>
    <name>GivenDialog</name>
    <message>
        <source>What the Model Is Given</source>
        <translation>交给模型的内容</translation>
    </message>
    <message>
        <source>What was in it then is not known any more.</source>
        <translation>当时的内容已无从得知。</translation>
    </message>
    <message>
        <source>All of it: {count} characters.</source>
        <translation>全部内容：{count} 个字符。</translation>
    </message>
    <message>
        <source>Its first {count} characters; there is no room for the rest.</source>
        <translation>开头的 {count} 个字符；其余部分放不下。</translation>
    </message>
</context>
<context>
    <name>GoToLineBar</name>
    <message>
        <source>of {count}</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>转到行</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
</context>
<context>
    <name>Grammar</name>
    <message>
        <source>Only English can be read through, and this document is in another language. Its spelling language in the Write menu says which.</source>
        <translation>只能通读英文，而此文稿是其他语言。其语言见“写作”菜单中的拼写语言。</translation>
    </message>
    <message>
        <source>This rule is off now, in every document. Grammar Rules in the Write menu has it.</source>
        <translation>此规则已在所有文稿中关闭。可在“写作”菜单的“语法规则”中重新打开。</translation>
    </message>
</context>
<context>
    <name>GrammarMenu</name>
    <message>
        <source>&amp;Ignore This</source>
        <translation>忽略此处(&amp;I)</translation>
    </message>
    <message>
        <source>Ignore This Rule in This &amp;Document</source>
        <translation>在此文稿中忽略此规则(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Switch Off This Rule</source>
        <translation>关闭此规则(&amp;S)</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
    <message>
        <source>The model would change this.</source>
        <translation>模型建议修改此处。</translation>
    </message>
    <message>
        <source>Remove the space</source>
        <translation>删除空格</translation>
    </message>
    <message>
        <source>Remove “{text}”</source>
        <translation>删除“{text}”</translation>
    </message>
    <message>
        <source>One space</source>
        <translation>一个空格</translation>
    </message>
</context>
<context>
    <name>GuideKeys</name>
    <message>
        <source>All Keys</source>
        <translation>所有按键</translation>
    </message>
    <message>
        <source>These are your keys as they are now. File &gt; Keyboard Shortcuts gives commands others; the command palette finds commands without a key by a few letters of their name.</source>
        <translation>这是您现在的按键。“文件 &gt; 键盘快捷键”可以给命令换按键；没有按键的命令，在命令面板里输入名称的几个字就能找到。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>on the page</source>
        <translation>在页面上</translation>
    </message>
    <message>
        <source>while a suggestion is shown</source>
        <translation>显示建议时</translation>
    </message>
    <message>
        <source>while a rewrite is reviewed</source>
        <translation>审阅改写时</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Not in the guide</source>
        <translation>指南里没有</translation>
    </message>
    <message>
        <source>User Guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Search in the guide</source>
        <translation>在指南里搜索</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>The guide is missing. Installing Inkling again brings it back.</source>
        <translation>指南不见了。重新安装 Inkling 就能恢复。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>The sample document is missing. Installing Inkling again brings it back.</source>
        <translation>示例文档不见了。重新安装 Inkling 就能恢复。</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>{count} up to {edge} ms</source>
        <translation>不超过 {edge} 毫秒：{count} 次</translation>
    </message>
    <message>
        <source>{count} longer</source>
        <translation>更长：{count} 次</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>尚无测量结果</translation>
    </message>
</context>
<context>
    <name>IdeasPage</name>
    <message>
        <source>Makes several ideas at once, about what is selected or the first line, or several ways to go on from the caret. Enter puts one into the page; Undo takes it out.</source>
        <translation>一次给出几个点子（关于所选文字或第一行），或从光标处往下写的几种写法。按回车把一条放进页面，撤销可取出。</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>点子</translation>
    </message>
    <message>
        <source>Ways to go on</source>
        <translation>往下写</translation>
    </message>
    <message>
        <source>What to make</source>
        <translation>要什么</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>要几条</translation>
    </message>
</context>
<context>
    <name>InstructionBar</name>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep the instruction</source>
        <translation>保存说明</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>No instruction of your own</source>
        <translation>不用自己的说明</translation>
    </message>
    <message>
        <source>Instruction: {instruction}. Change it</source>
        <translation>说明：{instruction}。修改</translation>
    </message>
    <message>
        <source>Instruction: {instruction}</source>
        <translation>说明：{instruction}</translation>
    </message>
</context>
<context>
    <name>InstructionEdit</name>
    <message>
        <source>For instance: Answer as a strict editor, in one sentence</source>
        <translation>例如：像严格的编辑那样，用一句话回答</translation>
    </message>
    <message>
        <source>Instruction for this conversation</source>
        <translation>此对话的说明</translation>
    </message>
    <message>
        <source>Enter keeps it, Shift+Enter starts a new line, Esc leaves it as it was.</source>
        <translation>回车保存，Shift+回车换行，Esc 保持原样。</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>{key} is needed for writing. Hold Ctrl or Alt with it, or take one of F1 to F12.</source>
        <translation>{key} 是打字要用的键。请加上 Ctrl 或 Alt，或者选 F1 到 F12。</translation>
    </message>
    <message>
        <source>{key} moves the caret or edits text wherever you write, so it keeps that meaning.</source>
        <translation>{key} 在哪里打字都用来移动光标或修改文字，所以保持原义。</translation>
    </message>
    <message>
        <source>{key} opens a menu, so it keeps that meaning.</source>
        <translation>{key} 用来打开菜单，所以保持原义。</translation>
    </message>
    <message>
        <source>{key} belongs to the system, so Inkling never gets it.</source>
        <translation>{key} 归系统使用，Inkling 收不到它。</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
</context>
<context>
    <name>KeywordsPage</name>
    <message>
        <source>Names what the text is about: words that come often and early, and that the model did not expect there.</source>
        <translation>列出文章讲的是什么：出现得多、出现得早、而且模型没有料到的词。</translation>
    </message>
</context>
<context>
    <name>LanguageDialog</name>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>&amp;Translate into</source>
        <translation>翻译成(&amp;T)</translation>
    </message>
    <message>
        <source>The model that comes with Inkling cannot; a larger one may. What is not in that language is not offered to you.</source>
        <translation>Inkling 自带的模型不会翻译，更大的模型也许可以。不是该语言的结果不会提供给您。</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Spelling &amp;Language of This Document</source>
        <translation>此文稿的拼写语言(&amp;L)</translation>
    </message>
    <message>
        <source>What Fits the Document</source>
        <translation>按文稿自动选择</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不检查</translation>
    </message>
</context>
<context>
    <name>LatencyWindow</name>
    <message>
        <source>How Quick Suggestions Are</source>
        <translation>建议有多快</translation>
    </message>
    <message>
        <source>Measured while you write, on this computer. Half of the suggestions are quicker than p50, all but one in twenty quicker than p95. No text is kept or exported.</source>
        <translation>在您写作时于本机测得。一半的建议快于 p50，二十个中有十九个快于 p95。不保存也不导出任何文字。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Start Over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>各阶段</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} 毫秒</translation>
    </message>
    <message>
        <source>From the key to the request</source>
        <translation>从按键到发出请求</translation>
    </message>
    <message>
        <source>From the request to the first text</source>
        <translation>从请求到首段文字</translation>
    </message>
    <message>
        <source>From the request to the whole suggestion</source>
        <translation>从请求到完整建议</translation>
    </message>
    <message>
        <source>From the end of the pause to the first words seen</source>
        <translation>从停顿结束到显示首个词</translation>
    </message>
    <message>
        <source>From the end of the pause to all of it seen</source>
        <translation>从停顿结束到全部显示</translation>
    </message>
    <message>
        <source>From asking for one to the first words seen</source>
        <translation>从主动请求到显示首个词</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Keep Unsaved</source>
        <translation>暂不保存，保留更改</translation>
    </message>
    <message>
        <source>Review Each</source>
        <translation>逐个查看</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to {name}?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Save the changes to {count} documents?</source>
        <translation>要保存对 {count} 个文档的更改吗？</translation>
    </message>
    <message>
        <source>What is kept unsaved comes back at the next start.</source>
        <translation>保留的更改会在下次启动时恢复。</translation>
    </message>
</context>
<context>
    <name>LibraryButton</name>
    <message>
        <source>Shows the library</source>
        <translation>显示资料库</translation>
    </message>
</context>
<context>
    <name>LibraryWindow</name>
    <message>
        <source>Add a Folder to the Library</source>
        <translation>把文件夹加入资料库</translation>
    </message>
    <message>
        <source>{folder} (not there now)</source>
        <translation>{folder}（现在不在）</translation>
    </message>
    <message>
        <source>Files that could not be read: {count}</source>
        <translation>无法读取的文件：{count} 个</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Remove a Folder</source>
        <translation>移除文件夹</translation>
    </message>
    <message>
        <source>Remove {folder} from the library?</source>
        <translation>要把 {folder} 移出资料库吗？</translation>
    </message>
    <message>
        <source>All that was kept of its files is erased from Inkling&apos;s index. The files themselves stay as they are.</source>
        <translation>Inkling 索引中有关这些文件的内容会全部抹去。文件本身保持不变。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Folders whose texts answer your questions. Inkling reads them in the background and follows their changes; the index stays on this computer, and your files are never touched.</source>
        <translation>这些文件夹中的文字可以回答您的问题。Inkling 在后台读取它们，并跟随其改动；索引只留在这台电脑上，您的文件绝不会被改动。</translation>
    </message>
    <message>
        <source>No folder yet.

Add one, or drop it here: with notes, letters, papers.
Markdown, text, Word, OpenDocument, web pages, PDF and EPUB are read.

Then choose Ask above the chat&apos;s field, and + Library below it.</source>
        <translation>还没有文件夹。

添加一个，或把它拖到这里：笔记、书信、论文都可以。
可读取 Markdown、纯文本、Word、OpenDocument、网页、PDF 和 EPUB。

然后在对话输入框上方选“查资料”，再点下方的“＋ 资料库”。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>资料库中的文件夹</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Remove Completely…</source>
        <translation>彻底移除…</translation>
    </message>
    <message>
        <source>Look for Changes</source>
        <translation>查看改动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>What is indexed stays; Look for Changes goes on</source>
        <translation>已编入的内容会保留；点“查看改动”可继续</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>Paused. What is indexed stays.</source>
        <translation>已暂停。已编入索引的内容会保留。</translation>
    </message>
    <message>
        <source>Looking what is new or changed…</source>
        <translation>正在查看有何新增或改动…</translation>
    </message>
    <message>
        <source>Reading {name}: {done} of {total} files</source>
        <translation>正在读取 {name}：第 {done} 个，共 {total} 个文件</translation>
    </message>
    <message>
        <source>Reading for meaning: {done} of {total} passages</source>
        <translation>正在按含义读取：{done} / {total} 个段落</translation>
    </message>
    <message>
        <source>Removing what was kept of {name}…</source>
        <translation>正在删除 {name} 的索引内容…</translation>
    </message>
    <message>
        <source>Library: paused</source>
        <translation>资料库：已暂停</translation>
    </message>
    <message>
        <source>Library: {percent}%</source>
        <translation>资料库：{percent}%</translation>
    </message>
    <message>
        <source>Library: looking…</source>
        <translation>资料库：正在查看…</translation>
    </message>
    <message>
        <source>{files} files, {passages} passages.</source>
        <translation>{files} 个文件，{passages} 个段落。</translation>
    </message>
    <message>
        <source>Last looked at {time}: {fresh} files indexed, {gone} removed, in {seconds} s.</source>
        <translation>上次查看于 {time}：编入 {fresh} 个文件，移除 {gone} 个，用时 {seconds} 秒。</translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>Open this address?</source>
        <translation>打开这个网址？</translation>
    </message>
    <message>
        <source>Open this address in your browser?</source>
        <translation>要在浏览器里打开这个网址吗？</translation>
    </message>
    <message>
        <source>{address}

The model wrote it; it may not exist.</source>
        <translation>{address}

这是模型写的，不一定真有。</translation>
    </message>
</context>
<context>
    <name>ListField</name>
    <message>
        <source>one a line</source>
        <translation>每行一个</translation>
    </message>
</context>
<context>
    <name>Losses</name>
    <message>
        <source>Pictures on the web are not fetched: {count} become links.</source>
        <translation>网络上的图片不会下载：{count} 张变为链接。</translation>
    </message>
    <message>
        <source>Pictures that are missing, too large or of an unknown kind: {count}. Their descriptions stand in their place.</source>
        <translation>缺失、过大或类型未知的图片：{count} 张。原处以它们的说明代替。</translation>
    </message>
    <message>
        <source>Pictures: {count}. Their descriptions stand in their place.</source>
        <translation>图片：{count} 张。原处以它们的说明代替。</translation>
    </message>
    <message>
        <source>HTML in the text, comments too, is left out: {count} places.</source>
        <translation>文字中的 HTML（包括注释）会略去：{count} 处。</translation>
    </message>
    <message>
        <source>Formulas stay as they are written, between dollar signs: {count}.</source>
        <translation>公式保持原样，写在美元符号之间：{count} 个。</translation>
    </message>
    <message>
        <source>The front matter&apos;s other fields are left out: {what}.</source>
        <translation>文首元数据的其他字段会略去：{what}。</translation>
    </message>
    <message>
        <source>The languages of blocks of code are not kept: {count}.</source>
        <translation>代码块的语言不保留：{count} 处。</translation>
    </message>
    <message>
        <source>Quotes within quotes become plain quotes: {count}.</source>
        <translation>引文中的引文变为普通引文：{count} 处。</translation>
    </message>
    <message>
        <source>Further paragraphs of list items come back as items of their own: {count}.</source>
        <translation>列表项的后续段落读回时成为单独的列表项：{count} 段。</translation>
    </message>
    <message>
        <source>Bold, italics and other marks are left out: {count} places.</source>
        <translation>粗体、斜体等标记会略去：{count} 处。</translation>
    </message>
    <message>
        <source>The addresses of links are left out, their words stay: {count}.</source>
        <translation>链接的地址会略去，文字保留：{count} 个。</translation>
    </message>
    <message>
        <source>Headings become lines like any other: {count}.</source>
        <translation>标题变为普通的行：{count} 个。</translation>
    </message>
    <message>
        <source>Boxes of tasks become characters that cannot be ticked: {count}.</source>
        <translation>任务的方框变为不能勾选的字符：{count} 个。</translation>
    </message>
    <message>
        <source>Underlined words come back as emphasis: {count}.</source>
        <translation>加下划线的文字读回时成为强调：{count} 处。</translation>
    </message>
    <message>
        <source>Rules between parts are not kept: {count}.</source>
        <translation>各部分之间的横线不保留：{count} 条。</translation>
    </message>
    <message>
        <source>The alignment of columns is not kept: {count} tables.</source>
        <translation>表格各列的对齐不保留：{count} 个表格。</translation>
    </message>
    <message>
        <source>The descriptions of pictures are not kept for reading back: {count}.</source>
        <translation>图片的说明读回时不保留：{count} 个。</translation>
    </message>
    <message>
        <source>Without pandoc, footnotes stay as they are typed: {count}.</source>
        <translation>没有 pandoc 时，脚注保持输入时的样子：{count} 个。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{document}[*] - Inkling</source>
        <translation>{document}[*] - Inkling</translation>
    </message>
    <message>
        <source>There is no model at work, so there are no suggestions, rewrites or answers. Writing and saving go on as ever. {reason}</source>
        <translation>现在没有模型可用，所以没有建议、改写和回答。写作和保存照常。{reason}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MarkWalk</name>
    <message>
        <source>The spelling of this document is not checked: that is switched off, or there is no dictionary for its language. The Write menu has both.</source>
        <translation>没有检查此文稿的拼写：检查已关闭，或没有适合其语言的词典。两者都可在“写作”菜单中更改。</translation>
    </message>
    <message>
        <source>No mistakes were found.</source>
        <translation>没有发现错误。</translation>
    </message>
    <message>
        <source>No misspelled words were found.</source>
        <translation>没有发现拼写错误。</translation>
    </message>
</context>
<context>
    <name>MessageActs</name>
    <message>
        <source>There is no message to edit yet.</source>
        <translation>还没有可编辑的消息。</translation>
    </message>
    <message>
        <source>This message has no other versions.</source>
        <translation>此消息没有其他版本。</translation>
    </message>
    <message>
        <source>An answer is still being written. Wait for it, or press Esc.</source>
        <translation>回答还没写完。请等一等，或按 Esc 停止。</translation>
    </message>
    <message>
        <source>There is no answer yet.</source>
        <translation>还没有回答。</translation>
    </message>
</context>
<context>
    <name>MessageEdit</name>
    <message>
        <source>Ask about your text…</source>
        <translation>问问您的文字…</translation>
    </message>
    <message>
        <source>Ask your sources…</source>
        <translation>向资料提问…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line.</source>
        <translation>Enter 发送，Shift+Enter 换行。</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation>显示更早的消息</translation>
    </message>
</context>
<context>
    <name>ModeSwitch</name>
    <message>
        <source>Kind of answer</source>
        <translation>回答方式</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Talk with the model; it may use what you add</source>
        <translation>与模型对话；它可以参考您添加的内容</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>查资料</translation>
    </message>
    <message>
        <source>Answers from your sources alone, the words they rest on first</source>
        <translation>只根据您的资料作答，先给出所依据的原文</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>The Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model is still loading.</source>
        <translation>模型还在载入。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Reads at once</source>
        <translation>一次能读</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>占用空间</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>由谁计算</translation>
    </message>
    <message>
        <source>Kept of earlier texts</source>
        <translation>为先前文本保留</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>1 text, {used} of {budget} MB</source>
        <translation>1 篇文本,共 {used} / {budget} MB</translation>
    </message>
    <message>
        <source>{count} texts, {used} of {budget} MB</source>
        <translation>{count} 篇文本,共 {used} / {budget} MB</translation>
    </message>
</context>
<context>
    <name>OriginBar</name>
    <message>
        <source>There is no text yet.</source>
        <translation>还没有文字。</translation>
    </message>
    <message>
        <source>typed {percent}%</source>
        <translation>输入 {percent}%</translation>
    </message>
    <message>
        <source>from the model {percent}%</source>
        <translation>来自模型 {percent}%</translation>
    </message>
    <message>
        <source>pasted {percent}%</source>
        <translation>粘贴 {percent}%</translation>
    </message>
    <message>
        <source>not known {percent}%</source>
        <translation>未知 {percent}%</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>占比</translation>
    </message>
</context>
<context>
    <name>OriginLegend</name>
    <message>
        <source>{percent}% typed</source>
        <translation>输入 {percent}%</translation>
    </message>
    <message>
        <source>···· {percent}% from the model</source>
        <translation>···· 来自模型 {percent}%</translation>
    </message>
    <message>
        <source>– – {percent}% pasted</source>
        <translation>– – 粘贴 {percent}%</translation>
    </message>
    <message>
        <source>{percent}% not known</source>
        <translation>未知 {percent}%</translation>
    </message>
    <message>
        <source>Dots are under what came from the model, dashes under what was pasted. Click for the list.</source>
        <translation>点线下方标出来自模型的文字，虚线标出粘贴的文字。单击查看列表。</translation>
    </message>
</context>
<context>
    <name>OriginMenu</name>
    <message>
        <source>&amp;Origin of These Words…</source>
        <translation>这些文字的来源(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Regenerate Exactly</source>
        <translation>原样重新生成(&amp;R)</translation>
    </message>
</context>
<context>
    <name>OriginReplay</name>
    <message>
        <source>Making it again…</source>
        <translation>正在重新生成…</translation>
    </message>
    <message>
        <source>Made again: it is the same, to the last character.</source>
        <translation>重新生成完毕：一字不差。</translation>
    </message>
    <message>
        <source>Made again: it is the same as far as it went then, and goes on.</source>
        <translation>重新生成完毕：与当时写到的部分完全相同，并且还有后文。</translation>
    </message>
    <message>
        <source>Made again, it is different: “{text}”</source>
        <translation>重新生成的文字不同：“{text}”</translation>
    </message>
    <message>
        <source>what computes</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>the number of threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>the version of ONNX Runtime</source>
        <translation>ONNX Runtime 的版本</translation>
    </message>
    <message>
        <source>the version of Inkling</source>
        <translation>Inkling 的版本</translation>
    </message>
    <message>
        <source>Other than then: {names}.</source>
        <translation>与当时不同的有：{names}。</translation>
    </message>
</context>
<context>
    <name>OriginReport</name>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Origin of This Text</source>
        <translation>这篇文字的来源</translation>
    </message>
    <message>
        <source>Parts that were not typed</source>
        <translation>不是输入的部分</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>生成方式</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>&amp;Regenerate Exactly</source>
        <translation>原样重新生成(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Erase This &amp;Record…</source>
        <translation>清除这份记录(&amp;R)…</translation>
    </message>
</context>
<context>
    <name>OriginWords</name>
    <message>
        <source>Suggestion</source>
        <translation>续写建议</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Proofreading</source>
        <translation>校对</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>点子</translation>
    </message>
    <message>
        <source>From the model</source>
        <translation>来自模型</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>How this text was made is not known, so it cannot be made again.</source>
        <translation>不知道这段文字是怎样生成的，因此无法重新生成。</translation>
    </message>
    <message>
        <source>What the model was given was not kept, so this text cannot be made again. The preferences have a setting for it.</source>
        <translation>没有保存交给模型的内容，因此无法重新生成这段文字。首选项中有相应的设置。</translation>
    </message>
    <message>
        <source>The model is not ready. Try again in a moment.</source>
        <translation>模型还没准备好，请稍后再试。</translation>
    </message>
    <message>
        <source>This text was made by another model, or by another version of it. Start Inkling with that model to make it again.</source>
        <translation>这段文字出自另一个模型，或同一模型的另一个版本。用那个模型启动 Inkling 才能重新生成。</translation>
    </message>
    <message>
        <source>The adapter that made this text has changed since then, so the text cannot be made again.</source>
        <translation>生成这段文字的适配器后来变了，因此无法重新生成。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>计算方式</translation>
    </message>
    <message>
        <source>{count} threads</source>
        <translation>{count} 个线程</translation>
    </message>
    <message>
        <source>The model was given:</source>
        <translation>交给模型的内容：</translation>
    </message>
    <message>
        <source>It gave:</source>
        <translation>模型给出的内容：</translation>
    </message>
</context>
<context>
    <name>Origins</name>
    <message>
        <source>Erase This Record</source>
        <translation>清除这份记录</translation>
    </message>
    <message>
        <source>Forget where the words of this text came from?</source>
        <translation>要忘掉这篇文字的来源吗？</translation>
    </message>
    <message>
        <source>The text stays as it is. What was kept of its origin cannot be brought back.</source>
        <translation>文字保持不变，但来源记录无法恢复。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>OtherWords</name>
    <message>
        <source>Looking for other words…</source>
        <translation>正在寻找其他用词…</translation>
    </message>
    <message>
        <source>Instead of “{word}”</source>
        <translation>替换“{word}”</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Go to heading</source>
        <translation>转到标题</translation>
    </message>
    <message>
        <source>No heading has these letters.</source>
        <translation>没有包含这些字的标题。</translation>
    </message>
    <message>
        <source>The headings appear here. A line that begins with # is one.</source>
        <translation>标题会显示在这里。以 # 开头的一行就是标题。</translation>
    </message>
    <message>
        <source>(no words)</source>
        <translation>（无文字）</translation>
    </message>
    <message>
        <source>{title}, level {level}</source>
        <translation>{title}，{level} 级标题</translation>
    </message>
</context>
<context>
    <name>PageSetupDialog</name>
    <message>
        <source>Page Set-up</source>
        <translation>页面设置</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> 毫米</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Author and title</source>
        <translation>作者和标题</translation>
    </message>
    <message>
        <source>On the first page too</source>
        <translation>首页也显示</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>Page / pages</source>
        <translation>页码 / 总页数</translation>
    </message>
    <message>
        <source>Paper:</source>
        <translation>纸张：</translation>
    </message>
    <message>
        <source>Orientation:</source>
        <translation>方向：</translation>
    </message>
    <message>
        <source>Left:</source>
        <translation>左：</translation>
    </message>
    <message>
        <source>Top:</source>
        <translation>上：</translation>
    </message>
    <message>
        <source>Right:</source>
        <translation>右：</translation>
    </message>
    <message>
        <source>Bottom:</source>
        <translation>下：</translation>
    </message>
    <message>
        <source>Text size:</source>
        <translation>文字大小：</translation>
    </message>
    <message>
        <source>At the head:</source>
        <translation>页眉：</translation>
    </message>
    <message>
        <source>At the foot:</source>
        <translation>页脚：</translation>
    </message>
</context>
<context>
    <name>PicturePeek</name>
    <message>
        <source>A picture on the web; Inkling fetches nothing.</source>
        <translation>网络上的图片；Inkling 不下载任何东西。</translation>
    </message>
    <message>
        <source>Save the document first: this address begins where it is.</source>
        <translation>请先保存文档：此地址从文档所在处算起。</translation>
    </message>
    <message>
        <source>No picture that can be shown: {name}</source>
        <translation>没有可以显示的图片：{name}</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Search the preferences</source>
        <translation>搜索偏好设置</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>All of it is as it came.</source>
        <translation>已全部恢复原样。</translation>
    </message>
    <message>
        <source>Bring mine back</source>
        <translation>找回我的设置</translation>
    </message>
    <message>
        <source>Reset all shortcuts</source>
        <translation>重置所有快捷键</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>重置所有设置</translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>Print Preview</source>
        <translation>打印预览</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Laying out the pages…</source>
        <translation>正在排版…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>第 {page} 页，共 {count} 页</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>{name} was sent to the printer.</source>
        <translation>{name} 已送往打印机。</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>正在打印…</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QuestionView</name>
    <message>
        <source>Your message</source>
        <translation>您的消息</translation>
    </message>
    <message>
        <source>You wrote: {text}</source>
        <translation>您写道：{text}</translation>
    </message>
    <message>
        <source>with {titles}; press to see what the model was given</source>
        <translation>附上 {titles}；按下可查看交给模型的内容</translation>
    </message>
    <message>
        <source>See what the model was given</source>
        <translation>查看交给模型的内容</translation>
    </message>
    <message>
        <source>with {titles}</source>
        <translation>参考：{titles}</translation>
    </message>
    <message>
        <source>in {titles}</source>
        <translation>在 {titles} 中</translation>
    </message>
    <message>
        <source>Copy your message</source>
        <translation>复制您的消息</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit your message and go on from it</source>
        <translation>编辑您的消息，并从这里继续</translation>
    </message>
</context>
<context>
    <name>QuoteColumn</name>
    <message>
        <source>Not in your documents</source>
        <translation>您的资料里没有提到</translation>
    </message>
    <message>
        <source>What comes nearest:</source>
        <translation>最接近的内容：</translation>
    </message>
    <message>
        <source>Nothing there has the words of your question.</source>
        <translation>其中没有问题里的字词。</translation>
    </message>
</context>
<context>
    <name>QuoteView</name>
    <message>
        <source>Quotation</source>
        <translation>引文</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Text of the file</source>
        <translation>文件的文字</translation>
    </message>
    <message>
        <source>Open the File</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>In the program that your system uses for it</source>
        <translation>用系统为它设定的程序打开</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>The file was changed since: the words that were quoted are not in it.</source>
        <translation>文件已经改动：所引用的话不在其中了。</translation>
    </message>
    <message>
        <source>A part of the text, around the quotation.</source>
        <translation>引文前后的部分文字。</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>There is no adapter for proofreading with this model, so it cannot read the document through. The rules still check it as you write.</source>
        <translation>此模型没有校对用的适配器，因此无法通读文稿。写作时仍会按规则检查。</translation>
    </message>
    <message>
        <source>The model found {count} places. F7 goes from one to the next.</source>
        <translation>模型找到了 {count} 处。按 F7 逐处查看。</translation>
    </message>
    <message>
        <source>The model found nothing to change.</source>
        <translation>模型没有发现需要修改之处。</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Spelling</source>
        <translation>拼写</translation>
    </message>
    <message>
        <source>Capital letter</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>Apostrophe</source>
        <translation>撇号</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>Two sentences in one</source>
        <translation>两句未断开</translation>
    </message>
    <message>
        <source>Comma between sentences</source>
        <translation>句间误用逗号</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>冠词</translation>
    </message>
    <message>
        <source>Preposition</source>
        <translation>介词</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>主谓一致</translation>
    </message>
    <message>
        <source>Tense</source>
        <translation>时态</translation>
    </message>
    <message>
        <source>Form of the verb</source>
        <translation>动词形式</translation>
    </message>
    <message>
        <source>Singular or plural</source>
        <translation>单复数</translation>
    </message>
    <message>
        <source>Words that sound alike</source>
        <translation>同音词</translation>
    </message>
    <message>
        <source>Word order</source>
        <translation>语序</translation>
    </message>
    <message>
        <source>Word added</source>
        <translation>补上的词</translation>
    </message>
    <message>
        <source>Word written twice</source>
        <translation>重复的词</translation>
    </message>
    <message>
        <source>Word left out</source>
        <translation>多余的词</translation>
    </message>
    <message>
        <source>Wording</source>
        <translation>措辞</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Lines and marks</source>
        <translation>换行与标记</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Shortened</source>
        <translation>缩短</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>删去</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Written anew</source>
        <translation>重写</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>{name} is no longer there, so it was taken off the list.</source>
        <translation>“{name}”已经不在了，所以从列表里去掉了。</translation>
    </message>
</context>
<context>
    <name>RecoveryOffer</name>
    <message>
        <source>a document that was never saved</source>
        <translation>一个从未保存的文档</translation>
    </message>
    <message>
        <source>({count} more after this one)</source>
        <translation>（后面还有 {count} 个）</translation>
    </message>
    <message>
        <source>Restore All</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Unsaved text of {name} from {time} was found: “{words}…” {more}</source>
        <translation>找到 {time} 没保存的文字（{name}）：“{words}…”{more}</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>the model in use cannot do this; a larger one can be imported</source>
        <translation>当前的模型做不了这件事；可以导入更大的模型</translation>
    </message>
    <message>
        <source>the model gave no text</source>
        <translation>模型没有给出文字</translation>
    </message>
    <message>
        <source>the model gave the same text back</source>
        <translation>模型原样返回了文字</translation>
    </message>
    <message>
        <source>the model repeated itself</source>
        <translation>模型一再重复</translation>
    </message>
    <message>
        <source>the model gave its own instruction back</source>
        <translation>模型把指令当成结果返回</translation>
    </message>
    <message>
        <source>the model wrote about the text, or something else</source>
        <translation>模型没有改写，而是在谈论这段文字或别的事</translation>
    </message>
    <message>
        <source>it was far too short</source>
        <translation>结果太短</translation>
    </message>
    <message>
        <source>it was far too long</source>
        <translation>结果太长</translation>
    </message>
    <message>
        <source>it had not the form asked for</source>
        <translation>结果不是所要的形式</translation>
    </message>
    <message>
        <source>it was not in the language asked for; a small model often cannot translate, and a larger one can be imported</source>
        <translation>结果不是所要的语言；小模型常常不会翻译，可以导入更大的模型</translation>
    </message>
    <message>
        <source>it was about other names, numbers or dates: {detail}</source>
        <translation>结果里的人名、数字或日期不是原来的：{detail}</translation>
    </message>
    <message>
        <source>a link or code was lost: {detail}</source>
        <translation>丢失了链接或代码：{detail}</translation>
    </message>
    <message>
        <source>missing: {text}</source>
        <translation>缺少：{text}</translation>
    </message>
    <message>
        <source>added: {text}</source>
        <translation>多出：{text}</translation>
    </message>
    <message>
        <source>changed: {text} to {new}</source>
        <translation>{text} 变成了 {new}</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>{index} / {total}</source>
        <translation>{index} / {total}</translation>
    </message>
    <message>
        <source>Look closely: {findings}</source>
        <translation>请留意：{findings}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Take this change into the text</source>
        <translation>把这处修改写入正文</translation>
    </message>
    <message>
        <source>Leave the text as it is here</source>
        <translation>此处保留原文</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>上一处修改</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>下一处修改</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>What should change? For example: as a letter</source>
        <translation>想怎么改？例如：改成一封信</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Earlier version</source>
        <translation>前一版</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>后一版</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>全部接受</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>全部拒绝</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>Take all changes into the text</source>
        <translation>把全部修改写入正文</translation>
    </message>
    <message>
        <source>Leave the text as it is at all changes</source>
        <translation>各处都保留原文</translation>
    </message>
    <message>
        <source>Show versions side by side</source>
        <translation>并排查看各版本</translation>
    </message>
    <message>
        <source>Leave the rest of the text as it is (Esc)</source>
        <translation>其余部分保留原文（Esc）</translation>
    </message>
    <message>
        <source>Insert below</source>
        <translation>插到下面</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use again: {words}</source>
        <translation>再用一次：{words}</translation>
    </message>
    <message>
        <source>{index} / {total}</source>
        <translation>{index} / {total}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ReviewExport</name>
    <message>
        <source>There is no rewrite under review. Proofread or rewrite something first; while its changes are shown they can be exported.</source>
        <translation>没有正在审阅的改写。请先校对或改写一些文字；显示其改动时即可导出。</translation>
    </message>
    <message>
        <source>{name} was written, with every change tracked.</source>
        <translation>已写出 {name}，每处改动都记录为修订。</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>正在写入 {name}…</translation>
    </message>
    <message>
        <source>Export Review</source>
        <translation>导出审阅</translation>
    </message>
</context>
<context>
    <name>RewriteController</name>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写…</translation>
    </message>
    <message>
        <source>There is no text here yet. Write some, or select what to change.</source>
        <translation>这里还没有文字。请先写一些，或选中要改的内容。</translation>
    </message>
    <message>
        <source>Nothing to change: the model gave the same text back.</source>
        <translation>不用改：模型给出的和原文一样。</translation>
    </message>
    <message>
        <source>Written anew</source>
        <translation>整段重写</translation>
    </message>
    <message>
        <source>{index} of {all} parts, {count} changes so far</source>
        <translation>第 {index} 部分，共 {all} 部分；已有 {count} 处修改</translation>
    </message>
    <message>
        <source>The text was edited at every change, so none is left.</source>
        <translation>每处修改所在的文字都已改动，因此没有剩下的修改。</translation>
    </message>
    <message>
        <source>{left} of {count} changes left</source>
        <translation>还剩 {left} 处修改，共 {count} 处</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 处改动</translation>
    </message>
    <message>
        <source>{count} changes</source>
        <translation>{count} 处改动</translation>
    </message>
    <message>
        <source>Look at these first: {findings}. Accept all again takes them too.</source>
        <translation>请先看看这些：{findings}。再按一次“全部接受”才会一并接受。</translation>
    </message>
    <message>
        <source>To be looked at: {findings}</source>
        <translation>需要留意：{findings}</translation>
    </message>
</context>
<context>
    <name>RewriteWork</name>
    <message>
        <source>Stopped: the rest of the text is as it was.</source>
        <translation>已停止：其余文字保持原样。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，未作任何改动。</translation>
    </message>
    <message>
        <source>Loading the model, {percent}%. The rewrite starts then.</source>
        <translation>正在载入模型，{percent}%。载入后开始改写。</translation>
    </message>
    <message>
        <source>Preparing to proofread, {percent}%. This is done once.</source>
        <translation>正在准备校对，{percent}%。只需准备一次。</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>The model is not running. Restart Inkling.</source>
        <translation>模型没有运行，请重新启动 Inkling。</translation>
    </message>
    <message>
        <source>The rewrite was not usable: {reason}. Your text is as it was.</source>
        <translation>改写结果不能用：{reason}。原文未动。</translation>
    </message>
    <message>
        <source>There is no prose to rewrite here. Your text is as it was.</source>
        <translation>这里没有可改写的文字。原文未动。</translation>
    </message>
    <message>
        <source>{count} of {all} parts were left as they were: {reason}.</source>
        <translation>{all} 段中有 {count} 段保持原样：{reason}。</translation>
    </message>
</context>
<context>
    <name>Rewriting</name>
    <message>
        <source>There is no text here yet. Write some, or select what it is about.</source>
        <translation>这里还没有文字。请先写一些，或选中要处理的内容。</translation>
    </message>
</context>
<context>
    <name>RichText</name>
    <message>
        <source>Copying as rich text…</source>
        <translation>正在复制为富文本…</translation>
    </message>
    <message>
        <source>Nothing was pasted: the text was changed meanwhile. Paste again.</source>
        <translation>没有粘贴：其间文字有改动。请再粘贴一次。</translation>
    </message>
    <message>
        <source>Pasting as Markdown…</source>
        <translation>正在粘贴为 Markdown…</translation>
    </message>
</context>
<context>
    <name>RuleGroups</name>
    <message>
        <source>Proper Nouns</source>
        <translation>专有名词</translation>
    </message>
    <message>
        <source>Initialisms</source>
        <translation>首字母缩写</translation>
    </message>
    <message>
        <source>Closed Compounds</source>
        <translation>连写的复合词</translation>
    </message>
    <message>
        <source>Phrase Corrections</source>
        <translation>短语纠正</translation>
    </message>
    <message>
        <source>Capitalization and Case</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>Punctuation and Spacing</source>
        <translation>标点和空格</translation>
    </message>
    <message>
        <source>Numbers and Units</source>
        <translation>数字和单位</translation>
    </message>
    <message>
        <source>Pronouns and Possession</source>
        <translation>代词和所有格</translation>
    </message>
    <message>
        <source>Compounds and Hyphenation</source>
        <translation>复合词和连字符</translation>
    </message>
    <message>
        <source>Spelling and Orthography</source>
        <translation>拼写和正字法</translation>
    </message>
    <message>
        <source>Style and Redundancy</source>
        <translation>文风和冗余</translation>
    </message>
    <message>
        <source>Grammar and Agreement</source>
        <translation>语法和一致</translation>
    </message>
    <message>
        <source>Word Choice and Usage</source>
        <translation>用词</translation>
    </message>
    <message>
        <source>Regionalisms and Dialect</source>
        <translation>地区用法和方言</translation>
    </message>
    <message>
        <source>Miscellaneous</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Grammar Rules</source>
        <translation>语法规则</translation>
    </message>
    <message>
        <source>Search the rules</source>
        <translation>搜索规则</translation>
    </message>
    <message>
        <source>Grammar rules</source>
        <translation>语法规则</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>What it looks for</source>
        <translation>检查什么</translation>
    </message>
    <message>
        <source>Loading the rules…</source>
        <translation>正在加载规则…</translation>
    </message>
    <message>
        <source>&amp;Reset All</source>
        <translation>全部重置(&amp;R)</translation>
    </message>
    <message>
        <source>{on} of {all} rules are on. Harper&apos;s rules, in English.</source>
        <translation>{all} 条规则中已打开 {on} 条。规则来自 Harper，说明为英文。</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message>
        <source>{name} was open last time and is no longer there.</source>
        <translation>上次打开的“{name}”已不在原处。</translation>
    </message>
    <message>
        <source>These were open last time and are no longer there: {names}.</source>
        <translation>以下上次打开的文件已不在原处：{names}。</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset: {title}</source>
        <translation>重置：{title}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Suggest the next words as I write</source>
        <translation>我写字时给出后面的建议</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜晚</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>暖黄</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动效</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <source>As little as possible</source>
        <translation>尽量少</translation>
    </message>
    <message>
        <source>With little motion the caret does not blink, and nothing fades or slides.</source>
        <translation>减少动效时，光标不闪，画面也不淡入或滑动。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Width of the page</source>
        <translation>版面宽度</translation>
    </message>
    <message>
        <source>Lines of 60 to 75 characters read best.</source>
        <translation>每行 60 到 75 个字母读起来最舒服。</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Show pictures where the mouse rests on them</source>
        <translation>鼠标停在图片上时显示图片</translation>
    </message>
    <message>
        <source>Pictures on this computer only; nothing is ever fetched from a network.</source>
        <translation>只显示本机上的图片；从不从网络下载任何东西。</translation>
    </message>
    <message>
        <source>Save files by themselves</source>
        <translation>自动保存文件</translation>
    </message>
    <message>
        <source>After a pause in writing, and when you turn to something else. A text that was never saved has no file yet: save it once.</source>
        <translation>在写作停顿时，以及切换到其他文档或程序时保存。从未保存过的文字还没有文件，请先保存一次。</translation>
    </message>
    <message>
        <source>Words to write in a day</source>
        <translation>每天要写的字数</translation>
    </message>
    <message>
        <source>The status bar shows how far you are, over all documents. 0 means no goal.</source>
        <translation>状态栏会显示进度，所有文档合计。0 表示不设目标。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>字</translation>
    </message>
    <message>
        <source>Begin with what was open last time</source>
        <translation>启动时打开上次的文档</translation>
    </message>
    <message>
        <source>With it, texts that were never saved are kept for the next start as well.</source>
        <translation>启用后，从未保存过的文字也会保留到下次启动。</translation>
    </message>
    <message>
        <source>Height of lines</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Space between paragraphs</source>
        <translation>段落间距</translation>
    </message>
    <message>
        <source>Width of the caret</source>
        <translation>光标宽度</translation>
    </message>
    <message>
        <source>The caret blinks</source>
        <translation>光标闪烁</translation>
    </message>
    <message>
        <source>Typographic quotes and dashes</source>
        <translation>自动换成弯引号和破折号</translation>
    </message>
    <message>
        <source>Backspace right after one brings back what you typed. Never in code.</source>
        <translation>紧接着按退格键就能恢复原来的输入。代码中不替换。</translation>
    </message>
    <message>
        <source>Apply rewrites without review</source>
        <translation>改写不经审阅直接生效</translation>
    </message>
    <message>
        <source>One that touches numbers, names, dates, links, negations or quoted words is shown for review all the same. Undo takes any rewrite back.</source>
        <translation>涉及数字、姓名、日期、链接、否定词或引文的改写仍会请您审阅。任何改写都可以撤销。</translation>
    </message>
    <message>
        <source>Focus mode</source>
        <translation>专注模式</translation>
    </message>
    <message>
        <source>All but the words around the caret steps back.</source>
        <translation>除光标所在处外，其余文字都淡下去。</translation>
    </message>
    <message>
        <source>What stays in focus</source>
        <translation>专注范围</translation>
    </message>
    <message>
        <source>The paragraph</source>
        <translation>当前段落</translation>
    </message>
    <message>
        <source>The sentence</source>
        <translation>当前句子</translation>
    </message>
    <message>
        <source>Typewriter scrolling</source>
        <translation>打字机滚动</translation>
    </message>
    <message>
        <source>The line that you write stays in the middle of the page.</source>
        <translation>正在写的一行始终停在页面中央。</translation>
    </message>
    <message>
        <source>When this is off, a suggestion comes only when you ask for one.</source>
        <translation>关闭后，只有在您要求时才会出现建议。</translation>
    </message>
    <message>
        <source>Pause before a suggestion appears</source>
        <translation>停顿多久出现建议</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Adapt that pause to how I write</source>
        <translation>根据我的写作习惯调整停顿时间</translation>
    </message>
    <message>
        <source>Suggestions come when your hands rest, wait longer after five refusals, and stop after ten until you want them again.</source>
        <translation>双手停下时才给出建议；连续拒绝五次后等待更久，十次后暂停，直到您再次需要。</translation>
    </message>
    <message>
        <source>How sure a suggestion must be</source>
        <translation>建议要有多大把握才出现</translation>
    </message>
    <message>
        <source>Very sure: few, and seldom wrong</source>
        <translation>把握很大：少而准</translation>
    </message>
    <message>
        <source>Fairly sure</source>
        <translation>把握较大</translation>
    </message>
    <message>
        <source>Less sure: more, and more often wrong</source>
        <translation>把握稍小：更多，也更常出错</translation>
    </message>
    <message>
        <source>A suggestion you ask for is shown however unsure it is.</source>
        <translation>您主动请求的建议，无论把握多大都会显示。</translation>
    </message>
    <message>
        <source>Better continuations</source>
        <translation>更好的续写</translation>
    </message>
    <message>
        <source>Suggestions come from a form of the model that was taught to go on with prose, where there is one for it. It is prepared once and takes more memory.</source>
        <translation>建议来自专门学过续写文章的模型版本（若当前模型有此版本）。首次使用时需要准备一次，并占用更多内存。</translation>
    </message>
    <message>
        <source>How far a suggestion goes</source>
        <translation>建议的长短</translation>
    </message>
    <message>
        <source>To the end of a phrase</source>
        <translation>到一个短语结束</translation>
    </message>
    <message>
        <source>To the end of the sentence</source>
        <translation>到句子结束</translation>
    </message>
    <message>
        <source>As far as the longest</source>
        <translation>达到最大长度</translation>
    </message>
    <message>
        <source>Longest suggestion</source>
        <translation>建议最长多少</translation>
    </message>
    <message>
        <source>A token is a short word or a piece of one.</source>
        <translation>一个词元是一个短词，或词的一部分。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Suggest in headings, code and addresses too</source>
        <translation>在标题、代码和网址中也给出建议</translation>
    </message>
    <message>
        <source>Tab takes a suggestion in lists and tables too</source>
        <translation>在列表和表格中也用 Tab 采纳建议</translation>
    </message>
    <message>
        <source>Otherwise it indents the item there, or goes to the next cell.</source>
        <translation>否则 Tab 在那里用于缩进列表项，或移到下一个单元格。</translation>
    </message>
    <message>
        <source>Words to avoid</source>
        <translation>不要用的词</translation>
    </message>
    <message>
        <source>Words and phrases of your own that suggestions, rewrites and answers do without. What you write yourself is never touched.</source>
        <translation>您自己列出的词语，建议、改写和回答都不会用。您自己写的文字从不改动。</translation>
    </message>
    <message>
        <source>Say where text was generated that it may be wrong</source>
        <translation>在生成的文字旁说明它可能有误</translation>
    </message>
    <message>
        <source>Check spelling as I write</source>
        <translation>写作时检查拼写</translation>
    </message>
    <message>
        <source>Languages, dictionaries and your own words are in the Write menu, under Spelling and Dictionaries.</source>
        <translation>语言、词典和您自己的词在“写作”菜单的“拼写和词典”中。</translation>
    </message>
    <message>
        <source>Check words in capitals too</source>
        <translation>也检查全大写的词</translation>
    </message>
    <message>
        <source>Check grammar as I write</source>
        <translation>写作时检查语法</translation>
    </message>
    <message>
        <source>In English, by rules, where nothing is being typed. They take about 250 MB of memory. Each can be switched off in the Write menu, under Grammar Rules.</source>
        <translation>检查英文，依据规则，不检查正在输入的地方。规则约占用 250 MB 内存。每条规则都可以在“写作”菜单的“语法规则”中关闭。</translation>
    </message>
    <message>
        <source>English that grammar is checked for</source>
        <translation>语法检查所依据的英语</translation>
    </message>
    <message>
        <source>As the spelling</source>
        <translation>与拼写相同</translation>
    </message>
    <message>
        <source>American</source>
        <translation>美国英语</translation>
    </message>
    <message>
        <source>British</source>
        <translation>英国英语</translation>
    </message>
    <message>
        <source>Australian</source>
        <translation>澳大利亚英语</translation>
    </message>
    <message>
        <source>Canadian</source>
        <translation>加拿大英语</translation>
    </message>
    <message>
        <source>Indian</source>
        <translation>印度英语</translation>
    </message>
    <message>
        <source>What computes (from the next start)</source>
        <translation>用什么计算（下次启动时生效）</translation>
    </message>
    <message>
        <source>The graphics card, if there is one</source>
        <translation>有显卡时用显卡</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>The graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Remember where text came from</source>
        <translation>记住文字的来源</translation>
    </message>
    <message>
        <source>Which words you typed, which you pasted and which came from the model. It is kept on this computer, among Inkling&apos;s data, and never put into your files unless you say so.</source>
        <translation>哪些是您输入的，哪些是粘贴的，哪些来自模型。记录只保存在本机的 Inkling 数据中，除非您要求，绝不写入您的文件。</translation>
    </message>
    <message>
        <source>Remember what the model was given</source>
        <translation>记住交给模型的内容</translation>
    </message>
    <message>
        <source>With it a text of the model can be made again just as it was. What it was given holds your own words around it. Switching this off takes them out of what is kept already.</source>
        <translation>有了它，模型写的文字可以原样重新生成。交给模型的内容包含您自己写的上下文。关闭后，已保存的记录中也会去掉这些内容。</translation>
    </message>
    <message>
        <source>Write it into Markdown files too</source>
        <translation>同时写入 Markdown 文件</translation>
    </message>
    <message>
        <source>As a comment at the end of the file, which readers of Markdown and Inkling itself do not show: where each part came from, by which model and when. What the model was given is never in it.</source>
        <translation>作为文件末尾的注释写入，Markdown 阅读器和 Inkling 都不会显示：每一部分的来源、所用模型和时间。其中绝不包含交给模型的内容。</translation>
    </message>
    <message>
        <source>Reading font</source>
        <translation>正文字体</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>版面</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Spelling and grammar</source>
        <translation>拼写和语法</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Origin of Text</source>
        <translation>文字来源</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>No setting has these words.</source>
        <translation>没有含这些字的设置。</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Commands and their keys</source>
        <translation>命令和快捷键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>原来是</translation>
    </message>
    <message>
        <source>Change key</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>拿来用</translation>
    </message>
    <message>
        <source>Keep as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Its key counts only while a suggestion is shown.</source>
        <translation>这个按键只在显示建议时有效。</translation>
    </message>
    <message>
        <source>press the key</source>
        <translation>请按键</translation>
    </message>
    <message>
        <source>New key for {command}</source>
        <translation>“{command}”的新按键</translation>
    </message>
    <message>
        <source>Press the key for {command}; a click elsewhere leaves it as it is.</source>
        <translation>请按下“{command}”要用的键；点别处则不改。</translation>
    </message>
    <message>
        <source>Press the key for {command}; Esc leaves it as it is.</source>
        <translation>请按下“{command}”要用的键；按 Esc 则不改。</translation>
    </message>
    <message>
        <source>{key} is the key of {other} ({menu}). Take it over? {other} is then without one.</source>
        <translation>{key} 是“{other}”（{menu}）的按键。要拿来用吗？之后“{other}”就没有按键了。</translation>
    </message>
</context>
<context>
    <name>SimulatorWindow</name>
    <message>
        <source>Replaying {name}…</source>
        <translation>正在重放 {name}…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The text is too short: only what follows its first 200 characters counts.</source>
        <translation>文字太短：只计算前 200 个字符之后的部分。</translation>
    </message>
    <message>
        <source>Replaying {name}: {percent}% done</source>
        <translation>正在重放 {name}：已完成 {percent}%</translation>
    </message>
    <message>
        <source>{name}: {saved}% of the keys saved, with {wrong} wrong suggestions in 100 words ({carets} carets, {model}).</source>
        <translation>{name}：节省 {saved}% 的按键，每 100 词有 {wrong} 次错误建议（{carets} 个光标位置，{model}）。</translation>
    </message>
    <message>
        <source>As set now</source>
        <translation>当前设置</translation>
    </message>
    <message>
        <source>At another setting</source>
        <translation>其他设置</translation>
    </message>
    <message>
        <source>Always the likeliest word</source>
        <translation>总是给出最可能的词</translation>
    </message>
    <message>
        <source>Without a model, from the text alone</source>
        <translation>不用模型，仅凭文档本身</translation>
    </message>
    <message>
        <source>without a model</source>
        <translation>不用模型</translation>
    </message>
    <message>
        <source>{number}%</source>
        <translation>{number}%</translation>
    </message>
    <message>
        <source>Shown, of all carets</source>
        <translation>显示的比例（占所有位置）</translation>
    </message>
    <message>
        <source>Right, of those shown</source>
        <translation>正确的比例（占所显示的）</translation>
    </message>
    <message>
        <source>What Suggestions Would Save</source>
        <translation>建议能省多少按键</translation>
    </message>
    <message>
        <source>Types this document again as you would, and takes every suggestion whose word is the one that you wrote. It runs when the model has nothing else to do; you can go on writing.</source>
        <translation>像您那样重新键入本文档，凡是建议的词与您写的词相同就采纳。它只在模型空闲时运行，您可以继续写作。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>How much to replay</source>
        <translation>重放多少</translation>
    </message>
    <message>
        <source>{count} carets</source>
        <translation>{count} 个位置</translation>
    </message>
    <message>
        <source>The whole document</source>
        <translation>整篇文档</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Keys saved</source>
        <translation>节省按键</translation>
    </message>
    <message>
        <source>Wrong in 100 words</source>
        <translation>每百词错误</translation>
    </message>
    <message>
        <source>Curve of how many are right over how many are shown</source>
        <translation>正确比例随显示比例变化的曲线</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} 是空的。</translation>
    </message>
    <message>
        <source>This document</source>
        <translation>本文档</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Choose first where to look: the document, files or the library.</source>
        <translation>请先选择在哪里查找：文稿、文件或资料库。</translation>
    </message>
    <message>
        <source>The document is empty, so there is nothing to add yet.</source>
        <translation>文档是空的，还没有可以加入的内容。</translation>
    </message>
    <message>
        <source>Select some text in the document first, then add it here.</source>
        <translation>请先在文档里选一段文字，再加到这里。</translation>
    </message>
    <message>
        <source>The document is empty. Remove “This document” or write first.</source>
        <translation>文档是空的。请先写点什么，或去掉“本文档”。</translation>
    </message>
    <message>
        <source>Nothing is selected now. Select text or remove “Selection”.</source>
        <translation>现在没有选中内容。请选一段文字，或去掉“选中内容”。</translation>
    </message>
</context>
<context>
    <name>SpellingDialog</name>
    <message>
        <source>Spelling and Dictionaries</source>
        <translation>拼写和词典</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>&amp;Usual language</source>
        <translation>常用语言(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Dictionaries</source>
        <translation>词典(&amp;D)</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>&amp;My words</source>
        <translation>我的词(&amp;M)</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>再添加一个词</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Import a Dictionary</source>
        <translation>导入词典</translation>
    </message>
    <message>
        <source>Hunspell dictionaries (*.dic *.aff);;All files (*)</source>
        <translation>Hunspell 词典 (*.dic *.aff);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{language} was imported.</source>
        <translation>已导入 {language}。</translation>
    </message>
    <message>
        <source>The dictionary was removed.</source>
        <translation>词典已移除。</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>&amp;Add to Dictionary</source>
        <translation>添加到词典(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Ignore in This Document</source>
        <translation>在此文稿中忽略(&amp;I)</translation>
    </message>
    <message>
        <source>Looking for suggestions…</source>
        <translation>正在查找建议…</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Suggestions are paused. Resume</source>
        <translation>建议已暂停，点此恢复</translation>
    </message>
    <message>
        <source>You refused several, so none come by themselves. Asking for one resumes them.</source>
        <translation>您连续拒绝了多个建议，所以不再自动给出。主动请求一次即可恢复。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Network connections that Inkling itself holds, counted every few seconds. It never opens one: what you write stays on this computer.</source>
        <translation>Inkling 自己的网络连接数，每隔几秒数一次。它从不联网，您写的东西只留在这台电脑上。</translation>
    </message>
    <message>
        <source>{speed} tok/s</source>
        <translation>{speed} 词元/秒</translation>
    </message>
    <message>
        <source>without the graphics card</source>
        <translation>未用显卡</translation>
    </message>
    <message>
        <source>1 connection</source>
        <translation>1 个网络连接</translation>
    </message>
    <message>
        <source>{count} connections</source>
        <translation>{count} 个网络连接</translation>
    </message>
    <message>
        <source>loading the model, {percent}%</source>
        <translation>正在载入模型，{percent}%</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>思考中</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
</context>
<context>
    <name>StyleChoice</name>
    <message>
        <source>The style of this document could not be remembered: {reason}.</source>
        <translation>没能记住此文档的文风：{reason}。</translation>
    </message>
</context>
<context>
    <name>StyleList</name>
    <message>
        <source>The model as it is</source>
        <translation>模型原样</translation>
    </message>
    <message>
        <source>This document: {here}. All documents for which nothing else was chosen: {everywhere}.</source>
        <translation>此文档：{here}。没有另选文风的所有文档：{everywhere}。</translation>
    </message>
    <message>
        <source>Erase a Style</source>
        <translation>删除文风</translation>
    </message>
    <message>
        <source>Erase {name}?</source>
        <translation>要删除 {name} 吗？</translation>
    </message>
    <message>
        <source>What was learnt is deleted, and with it the copy of your texts that was kept for it. Your texts themselves and the model stay as they are.</source>
        <translation>学到的内容会删除，为它留存的文章副本也一起删除。您的文章本身和模型都保持原样。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>{name} (not done yet)</source>
        <translation>{name}（还没学完）</translation>
    </message>
    <message>
        <source>{name} (no help, not kept)</source>
        <translation>{name}（没有帮助，未保留）</translation>
    </message>
    <message>
        <source>{name}: {percent}% less unsure, learnt from {words} words</source>
        <translation>{name}：困惑减少 {percent}%，学自 {words} 个词</translation>
    </message>
    <message>
        <source>My styles</source>
        <translation>我的文风</translation>
    </message>
    <message>
        <source>Use for This Document</source>
        <translation>用于此文档</translation>
    </message>
    <message>
        <source>Use for All</source>
        <translation>用于所有文档</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>StyleResult</name>
    <message>
        <source>Use for This Document</source>
        <translation>用于此文档</translation>
    </message>
    <message>
        <source>Use for All</source>
        <translation>用于所有文档</translation>
    </message>
    <message>
        <source>Throw Away…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>What it was worth is shown here when teaching is done.</source>
        <translation>学完以后，效果会显示在这里。</translation>
    </message>
    <message>
        <source>After “…{text}”, which neither has learnt from:</source>
        <translation>接在“…{text}”之后（两者都没有学过这段）：</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>In your style</source>
        <translation>您的文风</translation>
    </message>
    <message>
        <source>It was no help on texts that were held out, so nothing is changed. More texts, or texts more like each other, may help.</source>
        <translation>在留出的文章上没有帮助，所以什么都没有改变。文章再多一些，或者彼此更相近一些，也许会有用。</translation>
    </message>
    <message>
        <source>On {words} words of yours that were held out, the model is {percent}% less unsure of what comes next.</source>
        <translation>在留出的 {words} 个词上，模型对下文的困惑减少了 {percent}%。</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Words it wavers between (perplexity)</source>
        <translation>在多少个词之间犹豫（困惑度）</translation>
    </message>
    <message>
        <source>Next words guessed right</source>
        <translation>猜中的下一个词</translation>
    </message>
    <message>
        <source>Keys that suggestions save</source>
        <translation>建议省下的按键</translation>
    </message>
    <message>
        <source>Of {samples} samples none repeats more than 50 characters of your texts: it does not know them by heart.</source>
        <translation>{samples} 份样稿里，没有一份照抄您的文章超过 50 个字符：它没有把文章背下来。</translation>
    </message>
    <message>
        <source>Of {samples} samples {copied} repeat more than 50 characters of your texts, the longest being: “{text}”</source>
        <translation>{samples} 份样稿里，有 {copied} 份照抄您的文章超过 50 个字符，最长的一处是：“{text}”</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>Quotes the sentences that say most of the text. A sentence in the model&apos;s own words comes first, if every number, name and nearly every word of it is in the text.</source>
        <translation>摘出最能概括全文的句子。如果模型自己写的一句话里，数字、人名和几乎每个词都出自原文，就放在最前面。</translation>
    </message>
    <message>
        <source>The first sentence is generated and may be wrong. The others are quoted.</source>
        <translation>第一句是生成的，可能有误；其余都是原文。</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>短</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>长</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>长短</translation>
    </message>
    <message>
        <source>With a sentence of the model&apos;s own</source>
        <translation>加一句模型自己的话</translation>
    </message>
</context>
<context>
    <name>TeachButton</name>
    <message>
        <source>Teaching is done</source>
        <translation>文风学完了</translation>
    </message>
    <message>
        <source>Teaching is paused</source>
        <translation>学习文风已暂停</translation>
    </message>
    <message>
        <source>Teaching: {percent}%</source>
        <translation>学习文风：{percent}%</translation>
    </message>
    <message>
        <source>Shows how far it is</source>
        <translation>查看进展</translation>
    </message>
</context>
<context>
    <name>TeachWindow</name>
    <message>
        <source>A Folder With Texts of Yours</source>
        <translation>存放您文章的文件夹</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>This packaged Inkling comes without the part that teaches, which needs PyTorch. Writing never does. To teach, install Inkling for Python beside it, with: pipx install &apos;inkling[train]&apos;</source>
        <translation>这个安装包里的 Inkling 不带训练部分，训练需要 PyTorch；写作从不需要它。要进行训练，请另外安装 Python 版的 Inkling：pipx install &apos;inkling[train]&apos;</translation>
    </message>
    <message>
        <source>Teaching needs PyTorch, which is not installed. Writing never does. Install it where Inkling is installed, for instance with: pip install torch; then start Inkling again.</source>
        <translation>学习文风需要 PyTorch，目前没有安装（写作从不需要它）。请把它装到 Inkling 所在的环境里，例如运行 pip install torch，然后重新启动 Inkling。</translation>
    </message>
    <message>
        <source>There is no model yet that could be taught.</source>
        <translation>还没有可以教的模型。</translation>
    </message>
    <message>
        <source>Teaching was stopped before it was done. What was learnt is kept; you can go on with it.</source>
        <translation>上次没有学完就停了。学到的都还在，可以接着学。</translation>
    </message>
    <message>
        <source>Reading your texts…</source>
        <translation>正在读您的文章…</translation>
    </message>
    <message>
        <source>Paused. Nothing is lost, even if the computer is switched off.</source>
        <translation>已暂停。即使关掉电脑，也不会丢失什么。</translation>
    </message>
    <message>
        <source>Stopping after this step…</source>
        <translation>这一步做完就停…</translation>
    </message>
    <message>
        <source>Done. You find what it was worth under Result.</source>
        <translation>学完了。效果如何，请看“结果”。</translation>
    </message>
    <message>
        <source>Done, but it was no help.</source>
        <translation>学完了，但没有帮助。</translation>
    </message>
    <message>
        <source>Choose a folder with texts of your own, such as letters, chapters or notes (.txt, .md, .rst). Some ten thousand words are a start, a hundred thousand are better.</source>
        <translation>请选择一个存放您自己文章的文件夹，例如书信、章节或笔记（.txt、.md、.rst）。一万来字可以起步，十万字更好。</translation>
    </message>
    <message>
        <source>{words} words in {documents} documents to learn from; {held} words are held out, to measure whether it helps.</source>
        <translation>可学的文章有 {documents} 篇，共 {words} 个词；另留 {held} 个词不学，用来检验有没有帮助。</translation>
    </message>
    <message>
        <source>Measuring how quick this computer is…</source>
        <translation>正在测这台电脑有多快…</translation>
    </message>
    <message>
        <source>It would take about {minutes} minutes here.</source>
        <translation>在这台电脑上大约需要 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Putting the model together…</source>
        <translation>正在合成模型…</translation>
    </message>
    <message>
        <source>Measuring what it was worth, on the texts held out…</source>
        <translation>正在用留出的文章检验效果…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Step {step} of {steps}, about {minutes} minutes left. You can go on writing.</source>
        <translation>第 {step} 步，共 {steps} 步，大约还要 {minutes} 分钟。您可以继续写作。</translation>
    </message>
    <message>
        <source>Steps left out, since they gave no number: {count}.</source>
        <translation>有 {count} 步算不出数值，已跳过。</translation>
    </message>
    <message>
        <source>Teach Inkling My Style</source>
        <translation>教 Inkling 我的文风</translation>
    </message>
    <message>
        <source>Inkling reads texts of yours and learns how you go on writing. That happens on this computer, after everything else, also while this window is closed; nothing leaves it, and the model that you have stays as it is.</source>
        <translation>Inkling 会读您自己的文章，学习您怎样往下写。学习在这台电脑上进行，让别的事情先做，关上此窗口也照样继续；内容不会传出去，现有的模型也保持原样。</translation>
    </message>
    <message>
        <source>Choose Folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Minutes at most</source>
        <translation>最多多少分钟</translation>
    </message>
    <message>
        <source>Finish Now</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Learn no more, and measure what was learnt so far</source>
        <translation>不再学习，测一测目前学到的效果</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>What was learnt is kept, and you can go on later</source>
        <translation>学到的会保留，以后可以接着学</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>My Styles</source>
        <translation>我的文风</translation>
    </message>
    <message>
        <source>Curve of how unsure the model is, over the steps</source>
        <translation>模型的困惑度随步数变化的曲线</translation>
    </message>
    <message>
        <source>Perplexity, less is better</source>
        <translation>困惑度（越低越好）</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>single steps</source>
        <translation>每一步</translation>
    </message>
    <message>
        <source>on texts kept apart</source>
        <translation>在另留的文章上</translation>
    </message>
    <message>
        <source>How it gets on is drawn here once teaching has begun.</source>
        <translation>开始学习以后，这里会画出进展。</translation>
    </message>
</context>
<context>
    <name>TeachingController</name>
    <message>
        <source>Teaching Is Not Done</source>
        <translation>还没有学完</translation>
    </message>
    <message>
        <source>Inkling is still learning your style.</source>
        <translation>Inkling 还在学习您的文风。</translation>
    </message>
    <message>
        <source>It stops when you quit. What was learnt is kept; Teach Inkling My Style in the Tools menu goes on with it.</source>
        <translation>退出后学习会停下来，学到的都会保留；以后可以用“工具”菜单里的“教 Inkling 我的文风”接着学。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Teaching your style ended early. The Tools menu has its window.</source>
        <translation>学习文风提前结束了。详情请看“工具”菜单里的窗口。</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>{title}. Show all conversations</source>
        <translation>{title}。显示全部对话</translation>
    </message>
</context>
<context>
    <name>TonePage</name>
    <message>
        <source>Shows for each paragraph how probable it is that it is positive, and that it is formal. A click goes to the paragraph.</source>
        <translation>显示每一段是正面的、是正式的概率各有多大。点一下就到那一段。</translation>
    </message>
    <message>
        <source>A guess of the model, and no judgement. Irony and mixed feelings mislead it.</source>
        <translation>这只是模型的猜测，不是评判。反语和复杂的感情会误导它。</translation>
    </message>
    <message>
        <source>{positive}% positive, {formal}% formal: {text}</source>
        <translation>正面 {positive}%，正式 {formal}%：{text}</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Rewrite the selection or this paragraph</source>
        <translation>改写选中的文字或这一段</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>侧栏</translation>
    </message>
</context>
<context>
    <name>TranslatePage</name>
    <message>
        <source>Translates paragraph by paragraph, or answers a line of Chinese with a second one. First it is measured on known examples whether this model can.</source>
        <translation>逐段翻译，或为一句上联对出下联。先用已知的例子测一测这个模型会不会。</translation>
    </message>
    <message>
        <source>Into Chinese</source>
        <translation>译成中文</translation>
    </message>
    <message>
        <source>Into English</source>
        <translation>译成英文</translation>
    </message>
    <message>
        <source>Into French</source>
        <translation>译成法文</translation>
    </message>
    <message>
        <source>Into German</source>
        <translation>译成德文</translation>
    </message>
    <message>
        <source>Into Spanish</source>
        <translation>译成西班牙文</translation>
    </message>
    <message>
        <source>Into Italian</source>
        <translation>译成意大利文</translation>
    </message>
    <message>
        <source>Into Japanese</source>
        <translation>译成日文</translation>
    </message>
    <message>
        <source>Second line of a couplet</source>
        <translation>对下联</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>做什么</translation>
    </message>
    <message>
        <source>This model cannot do that: it did not know the examples, so it was not asked. A larger model that knows both languages can. Bring one in from a file with “inkling models import FILE”, and choose it.</source>
        <translation>这个模型做不到：它连已知的例子也答不对，所以没有让它试。懂这两种语言的大一些的模型可以做到。用“inkling models import 文件”导入一个，然后选用它。</translation>
    </message>
</context>
<context>
    <name>UsePage</name>
    <message>
        <source>Generated text may be wrong. Read it before you keep it.</source>
        <translation>生成的文字可能有误，请读过再留用。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>There is no text yet. Write or select some first.</source>
        <translation>还没有文字。请先写一些或选一些。</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try Again</source>
        <translation>再试一次(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>插入(&amp;I)</translation>
    </message>
    <message>
        <source>Insert &amp;All</source>
        <translation>全部插入(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go There</source>
        <translation>转到原处(&amp;G)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reading what is selected…</source>
        <translation>正在读所选文字…</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读《{name}》…</translation>
    </message>
    <message>
        <source>Stopped. What was found so far is below.</source>
        <translation>已停止。到此为止的结果在下面。</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>没有找到什么。</translation>
    </message>
    <message>
        <source>From what was selected.</source>
        <translation>来自所选文字。</translation>
    </message>
    <message>
        <source>From {name}.</source>
        <translation>来自《{name}》。</translation>
    </message>
</context>
<context>
    <name>UsesWindow</name>
    <message>
        <source>About This Text</source>
        <translation>关于这篇文字</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>点子</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
</context>
<context>
    <name>VersionSwitch</name>
    <message>
        <source>version {place} of {count}</source>
        <translation>第 {place} 个版本，共 {count} 个</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
</context>
<context>
    <name>WelcomeCard</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Welcome to Inkling</source>
        <translation>欢迎使用 Inkling</translation>
    </message>
    <message>
        <source>A writing desk with a language model inside. Everything runs on this computer; nothing you write leaves it.</source>
        <translation>一张内置语言模型的写字台。一切都在这台电脑上运行；您写的东西不会离开它。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Esc, or simply beginning to type, closes this. Help &gt; Welcome shows it again.</source>
        <translation>按 Esc 或直接开始打字就会关闭。“帮助 &gt; 欢迎”可以再次打开。</translation>
    </message>
    <message>
        <source>Try It in a Sample Document</source>
        <translation>在示例文档里试一试</translation>
    </message>
    <message>
        <source>User Guide</source>
        <translation>用户指南</translation>
    </message>
    <message>
        <source>Start Writing</source>
        <translation>开始写作</translation>
    </message>
    <message>
        <source>There is none yet: {reason} Writing and saving work without it; `inkling models import` brings one in.</source>
        <translation>还没有模型：{reason} 没有它也能写作和保存；`inkling models import` 可以导入一个。</translation>
    </message>
    <message>
        <source>It is loading, which takes a few seconds.</source>
        <translation>正在加载，需要几秒钟。</translation>
    </message>
    <message>
        <source>{name} is ready. It is small and quick, it makes mistakes, and nothing it writes enters your text before you accept it.</source>
        <translation>{name} 已就绪。它又小又快，也会出错；在您接受之前，它写的东西不会进入您的文字。</translation>
    </message>
</context>
<context>
    <name>WordList</name>
    <message>
        <source>{word}, {percent}</source>
        <translation>{word}，{percent}</translation>
    </message>
    <message>
        <source>&lt;{number}%</source>
        <translation>&lt;{number}%</translation>
    </message>
    <message>
        <source>{number}%</source>
        <translation>{number}%</translation>
    </message>
</context>
</TS>
