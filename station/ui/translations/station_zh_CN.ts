<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AgreementTable</name>
    <message>
        <source>Nobody has decided a part in this shift.</source>
        <translation>本班次没有人判定过工件。</translation>
    </message>
    <message>
        <source>person: {0}</source>
        <translation>人工：{0}</translation>
    </message>
    <message>
        <source>model: {0}</source>
        <translation>模型：{0}</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>误报</translation>
    </message>
</context>
<context>
    <name>CalibrationCard</name>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>在屏幕程序重启前有效；未能保存：{0}</translation>
    </message>
    <message>
        <source>Kept. Everything has its true size now.</source>
        <translation>已保存。现在一切都是真实尺寸。</translation>
    </message>
    <message>
        <source>{0} pixels a millimetre</source>
        <translation>每毫米 {0} 像素</translation>
    </message>
    <message>
        <source>Size of this screen</source>
        <translation>本屏幕的尺寸</translation>
    </message>
    <message>
        <source>Hold a bank card against the drawn one. Pull its right edge, or tap minus and plus, until both are equal.</source>
        <translation>将一张银行卡贴在画出的卡片上。拖动右边缘，或点按减号和加号，直到两者一样大。</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>It fits</source>
        <translation>吻合</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>Part {0}, {1}</source>
        <translation>工件 {0}，{1}</translation>
    </message>
    <message>
        <source>{0}; {1} by {2} pixels, {3}</source>
        <translation>{0}；{1} × {2} 像素，{3}</translation>
    </message>
    <message>
        <source>Camera {0}, view {1}</source>
        <translation>相机 {0}，视图 {1}</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>没有图像。</translation>
    </message>
    <message>
        <source>the camera&apos;s own</source>
        <translation>相机自身值</translation>
    </message>
    <message>
        <source>set to {0}</source>
        <translation>设定 {0}</translation>
    </message>
    <message>
        <source>{0} (set to {1})</source>
        <translation>{0}（设定 {1}）</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>At full scale</source>
        <translation>饱和像素</translation>
    </message>
    <message>
        <source>Exposure, µs</source>
        <translation>曝光，µs</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>in pixels: this recipe does not say how large a pixel is</source>
        <translation>以像素计：此配方未说明像素大小</translation>
    </message>
    <message>
        <source>covers nothing</source>
        <translation>面积为空</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>自相交</translation>
    </message>
    <message>
        <source>beyond the picture</source>
        <translation>超出图像</translation>
    </message>
    <message>
        <source>tiny</source>
        <translation>过小</translation>
    </message>
    <message>
        <source>drawn twice</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>class removed</source>
        <translation>类别已删除</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>无类别</translation>
    </message>
    <message>
        <source>An outline covers nothing: delete it, or draw it again.</source>
        <translation>有轮廓面积为空：请删除或重画。</translation>
    </message>
    <message>
        <source>An outline crosses itself: undo and draw it again, or move its corners.</source>
        <translation>有轮廓自相交：请撤销后重画，或移动其顶点。</translation>
    </message>
    <message>
        <source>An outline reaches beyond the picture.</source>
        <translation>有轮廓超出图像。</translation>
    </message>
    <message>
        <source>An outline is smaller than three pixels: was it a slip of the finger?</source>
        <translation>有轮廓小于三个像素：是误触吗？</translation>
    </message>
    <message>
        <source>The same defect is outlined twice: delete one of them.</source>
        <translation>同一缺陷画了两次：请删除其中一个。</translation>
    </message>
    <message>
        <source>“{0}” is no class of this recipe any more. The outline keeps it; tap a chip to give it another.</source>
        <translation>“{0}”已不是此配方的类别。轮廓保留它；点按其他类别即可更改。</translation>
    </message>
    <message>
        <source>An outline has no class yet.</source>
        <translation>有轮廓尚无类别。</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>已取回</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Golden sample</source>
        <translation>标准件</translation>
    </message>
    <message>
        <source>There is no picture to compare.</source>
        <translation>没有可对比的图像。</translation>
    </message>
    <message>
        <source>Laying the golden sample over the part …</source>
        <translation>正在将标准件叠到工件上…</translation>
    </message>
    <message>
        <source>This part is the golden sample of {0}, view {1}, from now on.</source>
        <translation>从现在起，此工件为 {0} 视图 {1} 的标准件。</translation>
    </message>
    <message>
        <source>There is no good part to compare with yet.</source>
        <translation>还没有可对比的良品。</translation>
    </message>
    <message>
        <source>Golden sample: part {0}</source>
        <translation>标准件：工件 {0}</translation>
    </message>
    <message>
        <source>chosen by {0}</source>
        <translation>由 {0} 选定</translation>
    </message>
    <message>
        <source>the best good part on record</source>
        <translation>记录中最好的良品</translation>
    </message>
    <message>
        <source>laid over roughly: the part was not found exactly</source>
        <translation>仅粗略叠合：未能精确定位工件</translation>
    </message>
    <message>
        <source>not laid over: the pictures do not fit each other</source>
        <translation>未叠合：两幅图像不匹配</translation>
    </message>
</context>
<context>
    <name>DefectBook</name>
    <message>
        <source>Back to the part</source>
        <translation>返回工件</translation>
    </message>
    <message>
        <source>Reading the examples …</source>
        <translation>正在读取示例…</translation>
    </message>
    <message>
        <source>This is {0}</source>
        <translation>这是 {0}</translation>
    </message>
    <message>
        <source>Nobody has outlined this class yet.</source>
        <translation>还没有人标过此类别。</translation>
    </message>
    <message>
        <source>This is not {0}: marked by the model, and called good by a person</source>
        <translation>这不是 {0}：模型标出，人工判为良品</translation>
    </message>
    <message>
        <source>No part that the model marked was called good yet.</source>
        <translation>还没有模型标出而人工判为良品的工件。</translation>
    </message>
    <message>
        <source>Borderline: the station could not decide, a person called it {0}</source>
        <translation>临界：工位无法判定，人工定为 {0}</translation>
    </message>
    <message>
        <source>Nothing was borderline yet.</source>
        <translation>还没有临界情况。</translation>
    </message>
</context>
<context>
    <name>DeskLink</name>
    <message>
        <source>not connected yet</source>
        <translation>尚未连接</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>Looking at cameras, models, disk and ports …</source>
        <translation>正在检查相机、模型、磁盘和端口…</translation>
    </message>
    <message>
        <source>The doctor could not work: {0}</source>
        <translation>诊断未能运行：{0}</translation>
    </message>
    <message>
        <source>Everything is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>To mend: {0}. To know: {1}.</source>
        <translation>需处理：{0}。需知晓：{1}。</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>处理：{0}</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
</context>
<context>
    <name>EngineerPage</name>
    <message>
        <source>Engineer</source>
        <translation>工程</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Recipe and line</source>
        <translation>配方与产线</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>区域</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>part</source>
        <translation>工件</translation>
    </message>
    <message>
        <source>{0} · OK below {1}, NG from {2}</source>
        <translation>{0} · 低于 {1} 为 OK，{2} 起为 NG</translation>
    </message>
    <message>
        <source>score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>places found</source>
        <translation>发现处数</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>view</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Your decision · {0} s</source>
        <translation>请您判定 · {0} s</translation>
    </message>
    <message>
        <source>The part waits for you. After that the PLC is told “not decidable” and rejects it.</source>
        <translation>工件在等您。超时后 PLC 收到“无法判定”并剔除它。</translation>
    </message>
    <message>
        <source>The next part is shown as soon as it is judged.</source>
        <translation>下一个工件判定后立即显示。</translation>
    </message>
    <message>
        <source>Also waiting for you: {0}</source>
        <translation>还在等您：{0}</translation>
    </message>
    <message>
        <source>The model is sure: {0}</source>
        <translation>模型很确定：{0}</translation>
    </message>
    <message>
        <source>Tap {0} once more if you are sure too.</source>
        <translation>如果您也确定，请再点一次 {0}。</translation>
    </message>
    <message>
        <source>Fetch back: {0}</source>
        <translation>取回：{0}</translation>
    </message>
    <message>
        <source>It passed the gate before it was called NG. Take it off the line.</source>
        <translation>判为 NG 前已通过剔除口。请从产线上取下。</translation>
    </message>
    <message>
        <source>Back to the line</source>
        <translation>返回产线</translation>
    </message>
    <message>
        <source>Back to the line · {0} newer</source>
        <translation>返回产线 · 新增 {0}</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Part {0}: nobody decided in time</source>
        <translation>工件 {0}：无人及时判定</translation>
    </message>
    <message>
        <source>The PLC was told “not decidable”, so it rejects the part. A verdict now changes the records only.</source>
        <translation>PLC 已收到“无法判定”，会剔除该工件。现在再判定只改记录。</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>没有检测程序：无法保存。</translation>
    </message>
    <message>
        <source>Scan your badge to decide.</source>
        <translation>请刷工牌后判定。</translation>
    </message>
    <message>
        <source>Your role does not decide parts.</source>
        <translation>您的角色不能判定工件。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>无法读取此工件。</translation>
    </message>
    <message>
        <source>No part to decide.</source>
        <translation>没有待判定的工件。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>正在读取工件…</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided.</source>
        <translation>缺少图像：无法判定此工件。</translation>
    </message>
    <message>
        <source>{0}: {1} again · saved</source>
        <translation>{0}：恢复为 {1} · 已保存</translation>
    </message>
    <message>
        <source>{0}: {1} saved · undo</source>
        <translation>{0}：{1} 已保存 · 撤销</translation>
    </message>
    <message>
        <source>{0} stands until you decide again</source>
        <translation>在您重新判定前，{0} 有效</translation>
    </message>
    <message>
        <source>It is saved. The other button supersedes it.</source>
        <translation>已保存。按另一个按钮可取代它。</translation>
    </message>
    <message>
        <source>{0} decided part {1} a moment ago. Look at it again.</source>
        <translation>{0} 刚刚判定了工件 {1}。请再看一遍。</translation>
    </message>
</context>
<context>
    <name>KeptBand</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source> · {0} more</source>
        <translation> · 另有 {0}</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>屏幕中断前画的内容已找回，尚未交给检测程序。</translation>
    </message>
    <message>
        <source>Recovered: part {0}</source>
        <translation>已找回：工件 {0}</translation>
    </message>
    <message>
        <source>The outlines are on this screen&apos;s disk only. Open the part to send them.</source>
        <translation>轮廓只存在本机。打开工件即可发送。</translation>
    </message>
    <message>
        <source>Not saved: outlines of part {0}</source>
        <translation>未保存：工件 {0} 的轮廓</translation>
    </message>
</context>
<context>
    <name>LearnCard</name>
    <message>
        <source>Starting …</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>正在结束…</translation>
    </message>
    <message>
        <source>Cancelled; nothing was deployed.</source>
        <translation>已取消；未投用任何模型。</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>未成功：{0}</translation>
    </message>
    <message>
        <source>Learning needs the station&apos;s configuration: start the screen with --config.</source>
        <translation>学习需要工位配置：请用 --config 启动屏幕。</translation>
    </message>
    <message>
        <source>The engine holds cameras and journal. Stop it to learn: this page stays, and so does your login.</source>
        <translation>检测程序占用相机和日志。学习前请停止它：本页和您的登录都保留。</translation>
    </message>
    <message>
        <source>Put good parts before the cameras. What is learned is deployed at once, and each picture is kept as a good one.</source>
        <translation>请把良品放到相机前。学到的模型立即投用，每幅图像都作为良品保存。</translation>
    </message>
    <message>
        <source>Learn the good part</source>
        <translation>学习良品</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>LineCard</name>
    <message>
        <source>Pausing …</source>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>Going on …</source>
        <translation>正在继续…</translation>
    </message>
    <message>
        <source>A pause takes no more parts; the PLC sees the station offline. Parts in hand are finished.</source>
        <translation>暂停后不再接收工件；PLC 看到工位离线。已接收的工件会检完。</translation>
    </message>
    <message>
        <source>No parts are taken until somebody goes on, also after a restart.</source>
        <translation>在有人点“继续”之前不接收工件，重启后也一样。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>产线</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>清洁</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>换型</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>维护</translation>
    </message>
    <message>
        <source>No material</source>
        <translation>缺料</translation>
    </message>
    <message>
        <source>Pause the line</source>
        <translation>暂停产线</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>无法读取图像。{0}</translation>
    </message>
    <message>
        <source>No part has been inspected yet.</source>
        <translation>还没有检测过工件。</translation>
    </message>
</context>
<context>
    <name>LoginPanel</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>That is not right. Try again.</source>
        <translation>不正确。请重试。</translation>
    </message>
    <message>
        <source>Locked after too many tries.</source>
        <translation>尝试次数过多，已锁定。</translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation>未登录。</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>姓名和密码</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>您的 PIN</translation>
    </message>
    <message>
        <source>Badge read. Type the PIN and tap ✓.</source>
        <translation>已读取工牌。请输入 PIN 并点 ✓。</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>请刷工牌</translation>
    </message>
    <message>
        <source>Hold it to the reader, or type what is on it and Enter; the PIN is asked for next.</source>
        <translation>请靠近读卡器，或输入卡上内容并按 Enter；然后输入 PIN。</translation>
    </message>
    <message>
        <source>The engine is not there; logging in works as soon as it is back.</source>
        <translation>检测程序不在；恢复后即可登录。</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Badge and PIN instead</source>
        <translation>改用工牌和 PIN</translation>
    </message>
    <message>
        <source>Name and password instead</source>
        <translation>改用姓名和密码</translation>
    </message>
</context>
<context>
    <name>NgMode</name>
    <message>
        <source>The model sees nothing there. Draw around it instead.</source>
        <translation>模型在那里没有发现。请手动圈出。</translation>
    </message>
</context>
<context>
    <name>NgPage</name>
    <message>
        <source>Tap the model&apos;s outline, or draw around the defect.</source>
        <translation>点按模型的轮廓，或圈出缺陷。</translation>
    </message>
    <message>
        <source>What is it? Tap its class.</source>
        <translation>是什么？点按其类别。</translation>
    </message>
    <message>
        <source>For which outline? Tap the outline first.</source>
        <translation>给哪个轮廓？请先点按轮廓。</translation>
    </message>
    <message>
        <source>Classes of the whole picture: tap to set, tap again to take away.</source>
        <translation>整幅图像的类别：点按设置，再点取消。</translation>
    </message>
    <message>
        <source>Draw another one, or be done. The next part takes over by itself.</source>
        <translation>可再画一个，或点完成。下一个工件会自动显示。</translation>
    </message>
    <message>
        <source>What are these {0}? One tap for all of them.</source>
        <translation>这 {0} 个是什么？点一次全部归类。</translation>
    </message>
    <message>
        <source>The draft cannot be kept on this disk</source>
        <translation>草稿无法存到此磁盘</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>屏幕中断前画的内容已找回，尚未交给检测程序。</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>已找回</translation>
    </message>
    <message>
        <source>Not saved; it is kept here</source>
        <translation>未保存；已存在本机</translation>
    </message>
    <message>
        <source>The engine is away. All of it is kept on this screen&apos;s disk; send it when the engine is back.</source>
        <translation>检测程序不在。全部内容已存本机；恢复后请发送。</translation>
    </message>
    <message>
        <source>Somebody else has outlined this part meanwhile.</source>
        <translation>其间有别人标注了此工件。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>NG saved</source>
        <translation>NG 已保存</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>NG without outline</source>
        <translation>NG 不画轮廓</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>No note yet.</source>
        <translation>还没有交接记录。</translation>
    </message>
    <message>
        <source>Log in to leave a note.</source>
        <translation>登录后可留言。</translation>
    </message>
    <message>
        <source>The engine is away. The note is handed over when it is back.</source>
        <translation>检测程序不在。恢复后会交接留言。</translation>
    </message>
    <message>
        <source>Handing over …</source>
        <translation>正在交接…</translation>
    </message>
    <message>
        <source>Hand-over notes</source>
        <translation>交接记录</translation>
    </message>
    <message>
        <source>All quiet.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Lens cleaned.</source>
        <translation>镜头已清洁。</translation>
    </message>
    <message>
        <source>Light looks weaker.</source>
        <translation>光源似乎变暗。</translation>
    </message>
    <message>
        <source>New material.</source>
        <translation>换了新材料。</translation>
    </message>
    <message>
        <source>Watch for scratches.</source>
        <translation>注意划痕。</translation>
    </message>
    <message>
        <source>Maintenance is called.</source>
        <translation>已叫维修。</translation>
    </message>
    <message>
        <source>Anything else to say</source>
        <translation>其他要说的</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交接</translation>
    </message>
</context>
<context>
    <name>PChartView</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>本班次还没有工件。</translation>
    </message>
</context>
<context>
    <name>PaceChart</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>本班次还没有工件。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>other …</source>
        <translation>其他…</translation>
    </message>
</context>
<context>
    <name>ParetoChart</name>
    <message>
        <source>No NG part in this shift.</source>
        <translation>本班次没有 NG 工件。</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>anomaly, not named</source>
        <translation>异常，未命名</translation>
    </message>
    <message>
        <source>without an outline</source>
        <translation>无轮廓</translation>
    </message>
</context>
<context>
    <name>PictureBar</name>
    <message>
        <source>Heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Compare: hold</source>
        <translation>按住对比</translation>
    </message>
    <message>
        <source>Whole part</source>
        <translation>完整工件</translation>
    </message>
    <message>
        <source>How strongly the heat is seen</source>
        <translation>热图强度</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>{0} (in use)</source>
        <translation>{0}（使用中）</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>检测程序将以配方 {0} 重新启动。</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>正在切换到 {0}…</translation>
    </message>
    <message>
        <source>Read {0} again: if its file has changed, the engine starts again with it. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>重新读取 {0}：如果文件有改动，检测程序将重新启动。期间产线不接收工件；先检完已接收的工件。</translation>
    </message>
    <message>
        <source>Change to {0}: the engine starts again. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>切换到 {0}：检测程序将重新启动。期间产线不接收工件；先检完已接收的工件。</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>The engine has not said yet.</source>
        <translation>检测程序尚未报告。</translation>
    </message>
    <message>
        <source>{0}, version {1}, number {2} for the PLC</source>
        <translation>{0}，版本 {1}，PLC 编号 {2}</translation>
    </message>
    <message>
        <source>Change over</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保持不变</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The engine no longer knows this login. Scan your badge again.</source>
        <translation>检测程序已不认此登录。请重新刷工牌。</translation>
    </message>
    <message>
        <source>The engine started again. Scan your badge again.</source>
        <translation>检测程序已重新启动。请重新刷工牌。</translation>
    </message>
    <message numerus="yes">
        <source>Logged out after %n minute(s) without a touch.</source>
        <translation>
            <numerusform>%n 分钟未触碰，已退出登录。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>Trying version {0} of {1} before it is deployed …</source>
        <translation>投用前正在试运行 {1} 的版本 {0}…</translation>
    </message>
    <message>
        <source>Trying the version of {0} that was deployed before …</source>
        <translation>正在试运行 {0} 之前投用的版本…</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>未成功：{0}</translation>
    </message>
    <message>
        <source>Version {0} of {1} is deployed. A running line takes it up within seconds, between two parts.</source>
        <translation>{1} 的版本 {0} 已投用。运行中的产线数秒内在两个工件之间启用。</translation>
    </message>
    <message>
        <source>There is no model yet: learn the good part.</source>
        <translation>还没有模型：请学习良品。</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>返回之前的版本</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>版本 {0}</translation>
    </message>
    <message>
        <source>{0}, {1} UTC, {2}</source>
        <translation>{0}，{1} UTC，{2}</translation>
    </message>
    <message>
        <source>deployed</source>
        <translation>已投用</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>投用</translation>
    </message>
    <message>
        <source>Models on the shelf</source>
        <translation>现有模型</translation>
    </message>
    <message>
        <source>A version is loaded and has to answer before it is deployed; otherwise the present one stays.</source>
        <translation>版本须先加载并能应答才会投用；否则保留当前版本。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Inspection station</source>
        <translation>检测工位</translation>
    </message>
    <message>
        <source> · clock not set</source>
        <translation> · 时钟未设</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>与检测程序失去连接</translation>
    </message>
    <message>
        <source>{0}. What you see is the last it said, and nothing can be saved. It reconnects by itself; start `station run` if the line should be running.</source>
        <translation>{0}。您看到的是最后的状态，无法保存。会自动重连；如果产线应在运行，请启动 `station run`。</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0}（另有 {1} 项）</translation>
    </message>
</context>
<context>
    <name>ShiftCounter</name>
    <message>
        <source>shift {0}: no parts yet</source>
        <translation>班次 {0}：还没有工件</translation>
    </message>
    <message numerus="yes">
        <source>shift {0}: %Ln part(s) · yield {1} %</source>
        <translation>
            <numerusform>班次 {0}：%Ln 件 · 良品率 {1} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>The clock of this machine is not set.</source>
        <translation>本机时钟未设置。</translation>
    </message>
    <message>
        <source>Parts cannot be told by shift. Set the clock, or check the network&apos;s time server.</source>
        <translation>无法按班次区分工件。请设置时钟，或检查网络时间服务器。</translation>
    </message>
    <message>
        <source>The figures of the shift cannot be read.</source>
        <translation>无法读取班次数据。</translation>
    </message>
    <message>
        <source>Shift {0}, {1} to {2}, {3}</source>
        <translation>班次 {0}，{1} 至 {2}，{3}</translation>
    </message>
    <message>
        <source>They said the opposite on {0} of {1} parts: {2} to {3} % of all such parts (95 % sure).</source>
        <translation>{1} 件中有 {0} 件结论相反：此类工件的 {2} 至 {3} %（置信度 95 %）。</translation>
    </message>
    <message>
        <source>Model and people</source>
        <translation>模型与人工</translation>
    </message>
    <message>
        <source>Every {0} minutes; dashed: as far as chance goes (3 sigma).</source>
        <translation>每 {0} 分钟；虚线：随机波动范围（3σ）。</translation>
    </message>
    <message>
        <source>✕: more than chance, look for a cause.</source>
        <translation>✕：超出随机波动，请查找原因。</translation>
    </message>
    <message>
        <source>So few are rejected that the limits are rough.</source>
        <translation>剔除太少，界限较粗略。</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>剔除的工件</translation>
    </message>
    <message>
        <source>Shift before</source>
        <translation>上一班次</translation>
    </message>
    <message>
        <source>Shift after</source>
        <translation>下一班次</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>按类别的 NG 工件</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>右侧：含以上各类的累计占比。</translation>
    </message>
    <message>
        <source>Parts an hour</source>
        <translation>每小时工件数</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>last ten</source>
        <translation>最近十件</translation>
    </message>
</context>
<context>
    <name>TaktBar</name>
    <message>
        <source>waits for you: {0} s</source>
        <translation>等您判定：{0} s</translation>
    </message>
    <message>
        <source>takt {0} s · no part yet</source>
        <translation>节拍 {0} s · 还没有工件</translation>
    </message>
    <message>
        <source>last part {0} s ago · takt {1} s</source>
        <translation>上一工件 {0} s 前 · 节拍 {1} s</translation>
    </message>
    <message>
        <source>takt {0} / {1} s</source>
        <translation>节拍 {0} / {1} s</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>As drawn</source>
        <translation>原始轮廓</translation>
    </message>
    <message>
        <source>To edges</source>
        <translation>贴合边缘</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Tap edges</source>
        <translation>点选边缘</translation>
    </message>
    <message>
        <source>Outline here</source>
        <translation>在此勾画</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Turned box</source>
        <translation>斜矩形</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>折线</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整幅图像</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>part {0}</source>
        <translation>工件 {0}</translation>
    </message>
    <message>
        <source>recipe {0} v{1}</source>
        <translation>配方 {0} v{1}</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
</context>
<context>
    <name>TotalsCard</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>本班次还没有工件。</translation>
    </message>
    <message>
        <source>{0} OK of {1} parts. The line&apos;s own yield lies between {2} and {3} % (95 % sure).</source>
        <translation>{1} 件中 {0} 件 OK。产线自身良品率在 {2} 至 {3} % 之间（置信度 95 %）。</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>良品率</translation>
    </message>
    <message>
        <source>parts an hour</source>
        <translation>件/小时</translation>
    </message>
</context>
<context>
    <name>UnmeasuredBand</name>
    <message>
        <source>This screen has not been measured</source>
        <translation>本屏幕尚未测量</translation>
    </message>
    <message>
        <source>Buttons may be too small for gloves, or too large. It takes a bank card and a minute.</source>
        <translation>按钮可能不适合戴手套操作。只需一张银行卡和一分钟。</translation>
    </message>
    <message>
        <source>Measure it</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message>
        <source>You first</source>
        <translation>您先判定</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>还没有工件</translation>
    </message>
    <message>
        <source>The model&apos;s opinion is hidden for this part.</source>
        <translation>此工件隐藏了模型的意见。</translation>
    </message>
</context>
<context>
    <name>WishesCard</name>
    <message>
        <source>For {0}, at every screen</source>
        <translation>{0} 专用，所有屏幕有效</translation>
    </message>
    <message>
        <source>For whoever is not logged in</source>
        <translation>未登录时使用</translation>
    </message>
    <message>
        <source>Log in to choose your own; hand and sound belong to a person.</source>
        <translation>登录后可自定；手别和声音属于个人。</translation>
    </message>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>在屏幕程序重启前有效；未能保存：{0}</translation>
    </message>
    <message>
        <source>In use here, but not kept: {0}</source>
        <translation>本机有效，但未保存：{0}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>OK and NG are pressed with</source>
        <translation>OK 和 NG 用</translation>
    </message>
    <message>
        <source>Sound when a part needs you</source>
        <translation>需要您判定时发声</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>白天</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>阳光</translation>
    </message>
    <message>
        <source>right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>Not decidable</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>by the model and the recipe</source>
        <translation>依据模型和配方</translation>
    </message>
    <message>
        <source>by {0}, QA</source>
        <translation>由 {0}（质检）</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>由 {0}</translation>
    </message>
    <message>
        <source>no engine</source>
        <translation>无检测程序</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>no camera</source>
        <translation>无相机</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>no storage</source>
        <translation>无法存储</translation>
    </message>
    <message>
        <source>PLC set offline</source>
        <translation>PLC 设为离线</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>过载</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>PLC</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Not allowed — nothing was saved</source>
        <translation>不允许 — 未保存</translation>
    </message>
    <message>
        <source>Unknown part — nothing was saved</source>
        <translation>未知工件 — 未保存</translation>
    </message>
    <message>
        <source>Decided elsewhere — yours was not saved</source>
        <translation>别处已判定 — 您的未保存</translation>
    </message>
    <message>
        <source>Storage failed — nothing was saved</source>
        <translation>存储失败 — 未保存</translation>
    </message>
    <message>
        <source>Not done — nothing was saved</source>
        <translation>未执行 — 未保存</translation>
    </message>
</context>
<context>
    <name>ZoneBoard</name>
    <message>
        <source>There is no picture of this view yet: let a part come past.</source>
        <translation>此视图还没有图像：请让一个工件通过。</translation>
    </message>
    <message>
        <source>View {0}: the newest good part, {1}, {2}</source>
        <translation>视图 {0}：最新的良品，{1}，{2}</translation>
    </message>
    <message>
        <source>View {0}: the newest part, {1}, {2}; none was good lately</source>
        <translation>视图 {0}：最新的工件，{1}，{2}；近期没有良品</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Draw a zone, or tap one to change it. Drag its corners to move them.</source>
        <translation>画一个区域，或点按已有区域进行修改。拖动顶点可移动。</translation>
    </message>
    <message>
        <source>Name of the zone (N to type it)</source>
        <translation>区域名称（按 N 输入）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Ignore what lies in it as a whole</source>
        <translation>忽略完全在其中的缺陷</translation>
    </message>
    <message>
        <source>Save zones</source>
        <translation>保存区域</translation>
    </message>
    <message>
        <source>Yes, drop them</source>
        <translation>确认放弃</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>立即启用</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>What is not saved will be gone.</source>
        <translation>未保存的内容将丢失。</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>尚未保存。</translation>
    </message>
    <message>
        <source>The line goes on with the zones it has. To use the new ones, the engine starts again: the line takes no parts for some seconds, those in hand are finished first, and you log in again.</source>
        <translation>产线仍使用现有区域。要启用新区域，检测程序将重新启动：产线数秒内不接收工件，先检完已接收的工件，您需要重新登录。</translation>
    </message>
</context>
<context>
    <name>ZonesPanel</name>
    <message>
        <source>Zones need the station&apos;s configuration: start the screen with --config.</source>
        <translation>区域需要工位配置：请用 --config 启动屏幕。</translation>
    </message>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>无法读取图像。{0}</translation>
    </message>
    <message>
        <source>That encloses nothing. Draw around an area.</source>
        <translation>没有围住任何区域。请圈出一块区域。</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Its lines would cross there; the corner stays where it was.</source>
        <translation>那里会自相交；顶点留在原处。</translation>
    </message>
    <message>
        <source>A zone needs a name.</source>
        <translation>区域需要名称。</translation>
    </message>
    <message>
        <source>Another zone of this view is called {0} already.</source>
        <translation>此视图已有名为 {0} 的区域。</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>未成功：{0}</translation>
    </message>
    <message>
        <source>Saved: recipe {0} is version {1} now.</source>
        <translation>已保存：配方 {0} 现为版本 {1}。</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>检测程序将以配方 {0} 重新启动。</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>正在切换到 {0}…</translation>
    </message>
    <message>
        <source>{0} (ignored)</source>
        <translation>{0}（忽略）</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Zones of {0}</source>
        <translation>{0} 的区域</translation>
    </message>
</context>
</TS>
