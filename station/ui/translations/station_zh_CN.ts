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
    <name>Board</name>
    <message>
        <source>no picture</source>
        <translation>无图像</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>无类别</translation>
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
    <name>ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>下一件，上一件</translation>
    </message>
    <message>
        <source>another annotator on the first side, on the second</source>
        <translation>换第一方的标注者，换第二方的标注者</translation>
    </message>
    <message>
        <source>only the first one&apos;s outlines, only the second one&apos;s; again: both</source>
        <translation>只看第一方的轮廓，只看第二方的轮廓；再按一次：两方都看</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>完整工件</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>移动图像</translation>
    </message>
    <message>
        <source>Only the first</source>
        <translation>只看第一方</translation>
    </message>
    <message>
        <source>Only the second</source>
        <translation>只看第二方</translation>
    </message>
    <message>
        <source>Another annotator</source>
        <translation>换一位标注者</translation>
    </message>
    <message>
        <source>No part is in hand. F1 shows the queue; Enter there takes parts.</source>
        <translation>手上没有工件。F1 显示队列，在那里按 Enter 领取工件。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>正在读取工件 …</translation>
    </message>
    <message>
        <source>Others have said something of this part. You see it once you have said what you think.</source>
        <translation>其他人已对此工件发表意见。您给出判断后才能看到。</translation>
    </message>
    <message>
        <source>Only the model has said something of this part.</source>
        <translation>只有模型对此工件给出了意见。</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>outlined nothing</source>
        <translation>未画轮廓</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outline(s)</source>
        <translation>
            <numerusform>%Ln 个轮廓</numerusform>
        </translation>
    </message>
    <message>
        <source>the same defect, the same class</source>
        <translation>同一缺陷，同一类别</translation>
    </message>
    <message>
        <source>the same defect, another class</source>
        <translation>同一缺陷，不同类别</translation>
    </message>
    <message>
        <source>only the first</source>
        <translation>仅第一方</translation>
    </message>
    <message>
        <source>only the second</source>
        <translation>仅第二方</translation>
    </message>
</context>
<context>
    <name>DaysPChart</name>
    <message>
        <source>No parts in this time.</source>
        <translation>此时段没有工件。</translation>
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
    <name>Engine</name>
    <message>
        <source>Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself.</source>
        <translation>相机 {camera}：{reason}。恢复之前工件一律剔除；系统会自动重试。</translation>
    </message>
    <message>
        <source>Camera {camera}: {reason}. This part is rejected.</source>
        <translation>相机 {camera}：{reason}。此工件将被剔除。</translation>
    </message>
    <message>
        <source>View {view}: {reason} within the part&apos;s deadline. This part is rejected.</source>
        <translation>视图 {view}：在工件的时限内{reason}。此工件将被剔除。</translation>
    </message>
    <message>
        <source>View {view}: its turn came after the part&apos;s deadline. This part is rejected.</source>
        <translation>视图 {view}：轮到处理时已超过工件的时限。此工件将被剔除。</translation>
    </message>
    <message>
        <source>View {view}: the picture is {reason}. This part is rejected.</source>
        <translation>视图 {view}：图像{reason}。此工件将被剔除。</translation>
    </message>
    <message>
        <source>View {view}: the picture could not be stored ({reason}). This part is rejected.</source>
        <translation>视图 {view}：图像无法保存（{reason}）。此工件将被剔除。</translation>
    </message>
    <message>
        <source>View {view}: {reason}. This part is rejected.</source>
        <translation>视图 {view}：{reason}。此工件将被剔除。</translation>
    </message>
    <message>
        <source>Judging view {view} failed ({reason}). This part is rejected; see the log.</source>
        <translation>视图 {view} 判定失败（{reason}）。此工件将被剔除；请查看日志。</translation>
    </message>
    <message>
        <source>There is no model {model}. This part is rejected. Learn or deploy one.</source>
        <translation>没有模型 {model}。此工件将被剔除。请学习或投用一个模型。</translation>
    </message>
    <message>
        <source>Model {model}: {reason}. This part is rejected.</source>
        <translation>模型 {model}：{reason}。此工件将被剔除。</translation>
    </message>
    <message>
        <source>Model {model} cannot be used: {reason}. Every part is rejected until there is one.</source>
        <translation>模型 {model} 无法使用：{reason}。在有可用模型之前，工件一律剔除。</translation>
    </message>
    <message>
        <source>Nothing can be stored: {reason}. Every part is rejected.</source>
        <translation>无法保存任何数据：{reason}。工件一律剔除。</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>no answer from the model</source>
        <translation>模型没有应答</translation>
    </message>
    <message>
        <source>it is not started</source>
        <translation>尚未启动</translation>
    </message>
    <message>
        <source>it is starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>it was not ready within {seconds} s</source>
        <translation>在 {seconds} s 内未就绪</translation>
    </message>
    <message>
        <source>its worker gave no sign of life for {seconds} s</source>
        <translation>其进程 {seconds} s 没有响应</translation>
    </message>
    <message>
        <source>its worker cannot be started: {reason}</source>
        <translation>其进程无法启动：{reason}</translation>
    </message>
    <message>
        <source>camera {camera} is down: {reason}</source>
        <translation>相机 {camera} 已断开：{reason}</translation>
    </message>
    <message>
        <source>no picture within {seconds} s of the trigger</source>
        <translation>触发后 {seconds} s 内没有图像</translation>
    </message>
    <message>
        <source>no picture came in time</source>
        <translation>图像未按时到达</translation>
    </message>
    <message>
        <source>no frame for {seconds} s; check cable, power and trigger settings</source>
        <translation>{seconds} s 没有图像；请检查电缆、电源和触发设置</translation>
    </message>
    <message>
        <source>trigger overrun, not fired: {reason}</source>
        <translation>触发过快，未执行：{reason}</translation>
    </message>
    <message>
        <source>black (brightness {value}, min_brightness {limit}); check the light</source>
        <translation>全黑（亮度 {value}，min_brightness {limit}）；请检查光源</translation>
    </message>
    <message>
        <source>over-exposed ({value} of it saturated, max_saturated_share {limit}); check exposure and light</source>
        <translation>过曝（饱和比例 {value}，max_saturated_share {limit}）；请检查曝光和光源</translation>
    </message>
    <message>
        <source>flat (contrast {value}, min_contrast {limit}); check light and lens</source>
        <translation>对比度过低（对比度 {value}，min_contrast {limit}）；请检查光源和镜头</translation>
    </message>
    <message>
        <source>out of focus (sharpness {value}, min_sharpness {limit}); check the lens</source>
        <translation>失焦（清晰度 {value}，min_sharpness {limit}）；请检查镜头</translation>
    </message>
    <message>
        <source>frozen (the one before once more, value by value); check the camera</source>
        <translation>停滞（与上一张逐值相同）；请检查相机</translation>
    </message>
    <message>
        <source>the picture is {size} pixels, the reference {reference}</source>
        <translation>图像为 {size} 像素，参考图为 {reference}</translation>
    </message>
    <message>
        <source>the model gave no answer</source>
        <translation>模型没有给出结果</translation>
    </message>
    <message>
        <source>the model&apos;s score or threshold is no finite number; check the model</source>
        <translation>模型的得分或阈值不是有限数；请检查模型</translation>
    </message>
    <message>
        <source>the model outlined a defect without finite figures; check the model</source>
        <translation>模型给出的缺陷轮廓含非有限数值；请检查模型</translation>
    </message>
    <message>
        <source>threshold low {low} is above high {high}; correct the recipe or the model</source>
        <translation>下限阈值 {low} 高于上限阈值 {high}；请更正配方或模型</translation>
    </message>
    <message>
        <source>the recipe {recipe} has no such view</source>
        <translation>配方 {recipe} 没有该视图</translation>
    </message>
    <message>
        <source>{count} pictures where one is needed</source>
        <translation>需要 1 张图像，实际为 {count} 张</translation>
    </message>
    <message>
        <source>{count} more defects are not outlined, so no rule could look at them</source>
        <translation>另有 {count} 处缺陷没有轮廓，规则无法判断</translation>
    </message>
    <message>
        <source>{key}: no millimetres are known{where}; calibrate the view, for a person to decide</source>
        <translation>{key}：毫米尺寸未知{where}；请标定该视图，由人工判定</translation>
    </message>
    <message>
        <source>{defects} near the limit {limit} not measured; for a person to decide</source>
        <translation>{defects} 接近限值 {limit}，未测量；由人工判定</translation>
    </message>
    <message>
        <source>Badge and PIN, or name and password, do not belong together.</source>
        <translation>工牌与 PIN，或姓名与密码不匹配。</translation>
    </message>
    <message>
        <source>Locked after {count} wrong tries, for {minutes} minutes. An administrator can unlock it.</source>
        <translation>输错 {count} 次，已锁定 {minutes} 分钟。管理员可以解锁。</translation>
    </message>
    <message>
        <source>Nobody is logged in; log in first.</source>
        <translation>尚未登录；请先登录。</translation>
    </message>
    <message>
        <source>The session is over; log in first.</source>
        <translation>登录已失效；请重新登录。</translation>
    </message>
    <message>
        <source>The role {role} may not do this.</source>
        <translation>您的角色无权执行此操作。</translation>
    </message>
    <message>
        <source>There is no part {part}.</source>
        <translation>没有该工件。</translation>
    </message>
    <message>
        <source>The station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>{who} has decided {verdict} meanwhile: look at the part again.</source>
        <translation>{who} 已判定为 {verdict}：请再看一次该工件。</translation>
    </message>
    <message>
        <source>{who} has decided this part; only QA may supersede another person&apos;s verdict.</source>
        <translation>{who} 已判定该工件；只有质检人员可以更改他人的判定。</translation>
    </message>
    <message>
        <source>{who} has annotated this view meanwhile: open the part again and look.</source>
        <translation>{who} 已标注该视图：请重新打开工件查看。</translation>
    </message>
    <message>
        <source>The pictures of this part were removed, and what nobody sees cannot be OK.</source>
        <translation>该工件的图像已删除；看不到的工件不能判为 OK。</translation>
    </message>
    <message>
        <source>View {view} has no picture, and what nobody saw cannot be OK.</source>
        <translation>视图 {view} 没有图像；没有人看到的不能判为 OK。</translation>
    </message>
    <message>
        <source>View {view} has no picture, so there is nothing to outline.</source>
        <translation>视图 {view} 没有图像，无法勾画。</translation>
    </message>
    <message>
        <source>The picture of view {view} was removed, so there is nothing to outline.</source>
        <translation>视图 {view} 的图像已删除，无法勾画。</translation>
    </message>
    <message>
        <source>{who} has this part at present.</source>
        <translation>此工件现由 {who} 处理。</translation>
    </message>
    <message>
        <source>This part is reviewed already.</source>
        <translation>此工件已复核。</translation>
    </message>
    <message>
        <source>This part is not decided yet: say OK or NG.</source>
        <translation>此工件尚未判定：请选择 OK 或 NG。</translation>
    </message>
    <message>
        <source>This part waits for better labels: annotate it first.</source>
        <translation>此工件等待更好的标注：请先标注。</translation>
    </message>
    <message>
        <source>You have reviewed this part: the next word is somebody else&apos;s.</source>
        <translation>您已复核此工件：接下来由他人复核。</translation>
    </message>
    <message>
        <source>The reviewers of this part differ: it must be adjudicated.</source>
        <translation>复核意见不一致：须由裁定人决定。</translation>
    </message>
    <message>
        <source>The reviewers of this part do not differ, or not any more.</source>
        <translation>复核意见并无分歧，或已不再有分歧。</translation>
    </message>
    <message>
        <source>You are one of those who differ on this part: somebody else must decide.</source>
        <translation>您是意见分歧的一方：须由他人裁定。</translation>
    </message>
    <message>
        <source>{who} is not among the adjudicators.</source>
        <translation>{who} 不在裁定人之列。</translation>
    </message>
    <message>
        <source>There is no word of yours to take back, or not the last one.</source>
        <translation>没有可撤回的您的意见，或它不是最后一条。</translation>
    </message>
    <message>
        <source>Somebody has worked on this part since: review it again instead.</source>
        <translation>此后有人处理过此工件：请重新复核。</translation>
    </message>
    <message>
        <source>There is no such change of class of yours to take back.</source>
        <translation>没有可撤回的您的类别更改。</translation>
    </message>
    <message>
        <source>The part has no picture, or nothing with another class.</source>
        <translation>此工件没有图像，或没有其他类别的标注。</translation>
    </message>
    <message>
        <source>Review this part first: a known answer is one that stands.</source>
        <translation>请先复核此工件：已知答案须是已确定的。</translation>
    </message>
    <message>
        <source>Nothing can be stored at present. Nothing was changed; try again.</source>
        <translation>目前无法保存。未作任何更改；请重试。</translation>
    </message>
    <message>
        <source>It could not be stored: {reason}.</source>
        <translation>无法保存：{reason}。</translation>
    </message>
    <message>
        <source>No part can be taken now: {reason}.</source>
        <translation>现在不能接收工件：{reason}。</translation>
    </message>
    <message>
        <source>too many parts are open already</source>
        <translation>未完成的工件已过多</translation>
    </message>
    <message>
        <source>There is no recipe {recipe}; there are: {recipes}.</source>
        <translation>没有配方 {recipe}；现有：{recipes}。</translation>
    </message>
    <message>
        <source>No line runs here: start the station first.</source>
        <translation>这里没有运行的产线：请先启动工位。</translation>
    </message>
    <message>
        <source>The engine failed at this; its log says at what.</source>
        <translation>检测程序执行失败；原因见其日志。</translation>
    </message>
    <message>
        <source>{count} requests wait for the engine already; try again when it answers.</source>
        <translation>已有 {count} 个请求等待检测程序；请在其应答后重试。</translation>
    </message>
    <message>
        <source>the engine ended</source>
        <translation>检测程序已结束</translation>
    </message>
    <message>
        <source>the engine has said nothing for {seconds} s</source>
        <translation>检测程序已 {seconds} s 没有应答</translation>
    </message>
    <message>
        <source>the engine is of another version; update this program and the engine together</source>
        <translation>检测程序版本不同；请同时更新两个程序</translation>
    </message>
    <message>
        <source>no engine answers in {folder} ({error})</source>
        <translation>{folder} 中没有检测程序应答（{error}）</translation>
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
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>one day, seven days, thirty days</source>
        <translation>一天、七天、三十天</translation>
    </message>
    <message>
        <source>Working them out …</source>
        <translation>正在计算 …</translation>
    </message>
    <message>
        <source>The figures cannot be read.</source>
        <translation>无法读取指标。</translation>
    </message>
    <message>
        <source>{0} parts: {1} OK, {2} NG, {3} not decidable.</source>
        <translation>{0} 件：{1} OK，{2} NG，{3} 无法判定。</translation>
    </message>
    <message>
        <source>{0} parts whose answer is known, {1} of them bad. Intervals of 95 %.</source>
        <translation>已知答案的工件 {0} 件，其中不良 {1} 件。95 % 区间。</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>与基准对比</translation>
    </message>
    <message>
        <source>Agreement beyond chance</source>
        <translation>超出偶然的一致性</translation>
    </message>
    <message>
        <source>1 is full, 0 what chance gives.</source>
        <translation>1 为完全一致，0 为偶然水平。</translation>
    </message>
    <message>
        <source>The Western Electric rules find nothing.</source>
        <translation>西方电气规则未发现异常。</translation>
    </message>
    <message>
        <source>Points at which the Western Electric rules find more than chance: {0}.</source>
        <translation>西方电气规则判为非偶然的点：{0}。</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>剔除的工件</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa: {0}</source>
        <translation>Fleiss kappa：{0}</translation>
    </message>
    <message>
        <source>Gwet&apos;s AC1: {0}</source>
        <translation>Gwet AC1：{0}</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha: {0}</source>
        <translation>Krippendorff alpha：{0}</translation>
    </message>
    <message>
        <source>With themselves: {0}</source>
        <translation>自身一致性：{0}</translation>
    </message>
    <message>
        <source>Of two, Cohen&apos;s kappa:</source>
        <translation>两两之间，Cohen kappa：</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>另有 {0} 项：见 `station report`。</translation>
    </message>
    <message>
        <source>not enough data</source>
        <translation>数据不足</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>临界</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>{0}, {1} (all alike)</source>
        <translation>{0}，{1}（全部相同）</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0}（{1} 至 {2}），{3}</translation>
    </message>
    <message>
        <source>Escapes: not enough data, QA audited {0} of {1} passed parts.</source>
        <translation>流出：数据不足，质检抽查了 {1} 件放行工件中的 {0} 件。</translation>
    </message>
    <message>
        <source>Escapes: {0} ({1} to {2}) of {3} passed parts; {4} bad ones among {5} audited.</source>
        <translation>流出：{3} 件放行工件中 {0} 件（{1} 至 {2}）；抽查 {5} 件中不良 {4} 件。</translation>
    </message>
    <message>
        <source>Drift of scores: not enough data.</source>
        <translation>得分漂移：数据不足。</translation>
    </message>
    <message>
        <source>no change beyond chance</source>
        <translation>无超出偶然的变化</translation>
    </message>
    <message>
        <source>some change: look at pictures and light</source>
        <translation>有变化：请查看图像和光照</translation>
    </message>
    <message>
        <source>another population: look before you trust the thresholds</source>
        <translation>分布已不同：信任阈值前请先查看</translation>
    </message>
    <message>
        <source>Drift of {0}: PSI {1}, KS {2}, {3}.</source>
        <translation>{0} 的漂移：PSI {1}，KS {2}，{3}。</translation>
    </message>
    <message>
        <source>Nobody decided or outlined anything.</source>
        <translation>没有人判定或标注。</translation>
    </message>
    <message>
        <source>pace not known</source>
        <translation>速度未知</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>每小时 {0}</translation>
    </message>
    <message>
        <source>{0}: {1} verdicts, {2} outlined views, {3}; {4} of {5} upheld by QA</source>
        <translation>{0}：{1} 个判定，{2} 个已标注视图，{3}；{5} 个中质检维持 {4} 个</translation>
    </message>
    <message>
        <source>Figures of quality</source>
        <translation>质量指标</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>按类别的 NG 工件</translation>
    </message>
    <message>
        <source>Escapes and drift</source>
        <translation>流出与漂移</translation>
    </message>
    <message>
        <source>People&apos;s work</source>
        <translation>人员工作量</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>右侧：含以上各类的累计占比。</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>自 {0} 起</translation>
    </message>
    <message numerus="yes">
        <source>last %n hour(s)</source>
        <translation>
            <numerusform>最近 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>最近 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Here because</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Lot: the id begins with</source>
        <translation>批次：编号开头</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Model, as name/version</source>
        <translation>模型：名称/版本</translation>
    </message>
    <message>
        <source>Score from</source>
        <translation>分数从</translation>
    </message>
    <message>
        <source>Score to</source>
        <translation>分数到</translation>
    </message>
    <message>
        <source>Size from, pixels</source>
        <translation>尺寸从（像素）</translation>
    </message>
    <message>
        <source>Size to, pixels</source>
        <translation>尺寸到（像素）</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>go through the cells; beyond the last one the page turns</source>
        <translation>在格子间移动；越过最后一格翻页</translation>
    </message>
    <message>
        <source>select the cell, or do not any more</source>
        <translation>选中该格，或取消选中</translation>
    </message>
    <message>
        <source>select on the way</source>
        <translation>移动时一并选中</translation>
    </message>
    <message>
        <source>select the page; select nothing</source>
        <translation>选中整页；全不选</translation>
    </message>
    <message>
        <source>this class for all that is selected, else for the cell under the cursor</source>
        <translation>为所有选中的格子设此类别，否则为光标所在格</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>其他类别（未全部显示时）</translation>
    </message>
    <message>
        <source>take the last change of classes back, all of it</source>
        <translation>撤销上一次类别更改的全部</translation>
    </message>
    <message>
        <source>page before, next page, first page</source>
        <translation>上一页，下一页，第一页</translation>
    </message>
    <message>
        <source>see the part large</source>
        <translation>放大查看工件</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The pictures cannot be read.</source>
        <translation>无法读取图像。</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>检测程序未运行：无法保存。</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>请登录后复核。</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>您的角色不能复核：由质检和管理员进行。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>正在保存 …</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s): {0} · saved</source>
        <translation>
            <numerusform>%n 件：{0} · 已保存</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) taken back · saved</source>
        <translation>
            <numerusform>已撤销 %n 件 · 已保存</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) not: {0}</source>
        <translation>
            <numerusform>%n 件未更改：{0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>正在读取队列 …</translation>
    </message>
    <message>
        <source>Nothing waits here.</source>
        <translation>此处没有待处理工件。</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>已选 %Ln</numerusform>
        </translation>
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
    <name>KeyList</name>
    <message>
        <source>Keys · {0}</source>
        <translation>按键 · {0}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>KnownChart</name>
    <message>
        <source>Nobody judged a part whose answer is known.</source>
        <translation>没有人判定过已知答案的工件。</translation>
    </message>
    <message>
        <source>Missed bad parts</source>
        <translation>漏检的不良工件</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>另有 {0} 项：见 `station report`。</translation>
    </message>
    <message>
        <source>{0} of {1}: not enough data</source>
        <translation>{1} 中 {0}：数据不足</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0}（{1} 至 {2}），{3}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>临界</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>较差</translation>
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
        <source>Draw another one, or be done.</source>
        <translation>再画一个，或完成。</translation>
    </message>
    <message>
        <source>Outlines saved</source>
        <translation>轮廓已保存</translation>
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
    <name>OnePage</name>
    <message>
        <source>Parts</source>
        <translation>工件</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>下一件，上一件</translation>
    </message>
    <message>
        <source>accept: the judgement stands; a part that was not decidable is OK</source>
        <translation>接受：维持判定；无法判定的工件为 OK</translation>
    </message>
    <message>
        <source>reject: it is the other way round; a part that was not decidable is NG</source>
        <translation>驳回：判定相反；无法判定的工件为 NG</translation>
    </message>
    <message>
        <source>NG of this class: all its outlines get it</source>
        <translation>NG，此类别：所有轮廓都设为它</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>其他类别（未全部显示时）</translation>
    </message>
    <message>
        <source>the labels need rework; the next key says why</source>
        <translation>标注需返工；下一个键说明原因</translation>
    </message>
    <message>
        <source>edit the outlines; Enter: done and NG, Esc: back</source>
        <translation>编辑轮廓；Enter：完成并判 NG，Esc：返回</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>a part you have decided becomes a golden part: its answer is known, and reviewers are tried on it</source>
        <translation>已判定的工件成为考核件：答案已知，用于考核复核人员</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>golden sample in the part&apos;s place, and back</source>
        <translation>以标准件代替工件显示，再按返回</translation>
    </message>
    <message>
        <source>the worst place large, and back</source>
        <translation>放大最差位置，再按返回</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>完整工件</translation>
    </message>
    <message>
        <source>defect book of the class</source>
        <translation>该类别的缺陷手册</translation>
    </message>
    <message>
        <source>show the part that the note is about</source>
        <translation>显示提示所指的工件</translation>
    </message>
    <message>
        <source>put the note away</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>移动图像</translation>
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
    <name>QueueList</name>
    <message>
        <source>with {0} now</source>
        <translation>{0} 正在处理</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>go through the list</source>
        <translation>在列表中移动</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>review these parts, the chosen one first</source>
        <translation>复核这些工件，从所选的开始</translation>
    </message>
    <message>
        <source>only parts that are here because of this; again: all</source>
        <translation>只看此原因的工件；再按一次：全部</translation>
    </message>
    <message>
        <source>everything: take the filter away</source>
        <translation>全部：取消筛选</translation>
    </message>
    <message>
        <source>go to the filter&apos;s fields; Tab goes on, Esc leaves them</source>
        <translation>转到筛选栏；Tab 前进，Esc 离开</translation>
    </message>
    <message>
        <source>go to the kept views</source>
        <translation>转到已存视图</translation>
    </message>
    <message>
        <source>Review these</source>
        <translation>复核这些</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Keep view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Forget view</source>
        <translation>删除视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>View {0} is kept.</source>
        <translation>视图 {0} 已保存。</translation>
    </message>
    <message>
        <source>View {0} is forgotten.</source>
        <translation>视图 {0} 已删除。</translation>
    </message>
    <message>
        <source>The queue cannot be read.</source>
        <translation>无法读取队列。</translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>正在读取队列 …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} in the queue</source>
        <translation>队列中 {1} 件里的 {0}</translation>
    </message>
    <message>
        <source>Nothing waits here. Take the filter away, or come back later.</source>
        <translation>此处没有待处理工件。请取消筛选，或稍后再来。</translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation>已存视图</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>critical</source>
        <translation>致命</translation>
    </message>
    <message>
        <source>major</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>{what}: score {score}, OK only below {limit}</source>
        <translation>{what}：得分 {score}，低于 {limit} 才为 OK</translation>
    </message>
    <message>
        <source>{what}: score {score}, limit {limit}</source>
        <translation>{what}：得分 {score}，限值 {limit}</translation>
    </message>
    <message>
        <source>{what}: {count} found, limit {limit}</source>
        <translation>{what}：发现 {count} 处，限值 {limit}</translation>
    </message>
    <message>
        <source>{what} and {count} more, which no rule accepts</source>
        <translation>{what} 等另有 {count} 处，没有规则允许</translation>
    </message>
    <message>
        <source>{what}, which no rule accepts</source>
        <translation>{what}，没有规则允许</translation>
    </message>
    <message>
        <source>no defect</source>
        <translation>没有缺陷</translation>
    </message>
    <message>
        <source>{count} found, all accepted by the rules</source>
        <translation>发现 {count} 处，均符合规则</translation>
    </message>
    <message>
        <source>nothing under {zone} was inspected</source>
        <translation>{zone} 下未检测</translation>
    </message>
    <message>
        <source>ignore zone {zone} left something out</source>
        <translation>忽略区域 {zone} 排除了部分内容</translation>
    </message>
    <message>
        <source>anomaly</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>defects</source>
        <translation>缺陷</translation>
    </message>
    <message>
        <source>all defects</source>
        <translation>全部缺陷</translation>
    </message>
    <message>
        <source>{what} at ({x}, {y}) px</source>
        <translation>{what}，位于 ({x}, {y}) px</translation>
    </message>
    <message>
        <source>{what} in zone {zone}</source>
        <translation>{what}，区域 {zone}</translation>
    </message>
    <message>
        <source>{0}; too near to tell, {1}</source>
        <translation>{0}；过于接近限值，{1}</translation>
    </message>
    <message>
        <source>for a person to decide</source>
        <translation>由人工判定</translation>
    </message>
    <message>
        <source>{what}: {size} long, limit {limit}</source>
        <translation>{what}：长 {size}，限值 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} wide, limit {limit}</source>
        <translation>{what}：宽 {size}，限值 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size}, limit {limit}</source>
        <translation>{what}：{size}，限值 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} together, limit {limit}</source>
        <translation>{what}：合计 {size}，限值 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} from the next, limit {limit}</source>
        <translation>{what}：与最近者相距 {size}，限值 {limit}</translation>
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
    <name>Review</name>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>检测程序未运行：无法保存。</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>请登录后复核。</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>您的角色不能复核：由质检和管理员进行。</translation>
    </message>
    <message>
        <source>No part to review.</source>
        <translation>没有要复核的工件。</translation>
    </message>
    <message>
        <source>You have said it. Z takes it back, J goes on.</source>
        <translation>您已判定。Z 撤销，J 继续。</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>无法读取此工件。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>正在读取工件 …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided. J goes on.</source>
        <translation>缺少图像：无法判定此工件。J 继续。</translation>
    </message>
    <message>
        <source>A second opinion comes first</source>
        <translation>先给出第二意见</translation>
    </message>
    <message>
        <source>Somebody&apos;s outlines may not be seen before you have said A, R, N or a class.</source>
        <translation>在您按 A、R、N 或类别之前，不能看到他人的轮廓。</translation>
    </message>
    <message>
        <source>{0}: golden part, the answer is {1} · saved</source>
        <translation>{0}：考核件，答案为 {1} · 已保存</translation>
    </message>
    <message>
        <source>{0}: no golden part any more · saved</source>
        <translation>{0}：不再是考核件 · 已保存</translation>
    </message>
    <message>
        <source>{0}: {1} · saved</source>
        <translation>{0}：{1} · 已保存</translation>
    </message>
    <message>
        <source>Fetch back {0}</source>
        <translation>取回 {0}</translation>
    </message>
    <message>
        <source>It is NG and has passed the gate already: have it taken off.</source>
        <translation>它是 NG 且已通过闸口：请让人取下。</translation>
    </message>
    <message>
        <source>{0}: reviewers differ</source>
        <translation>{0}：复核意见不一致</translation>
    </message>
    <message>
        <source>Somebody who has not reviewed it decides.</source>
        <translation>由未复核过它的人裁定。</translation>
    </message>
    <message>
        <source>{0}: taken back · saved</source>
        <translation>{0}：已撤销 · 已保存</translation>
    </message>
    <message>
        <source>Not lent to you</source>
        <translation>未分配给您</translation>
    </message>
    <message>
        <source>Somebody else has this part now, or it is not in the queue any more.</source>
        <translation>此工件现由他人处理，或已不在队列中。</translation>
    </message>
    <message>
        <source>{0} was decided meanwhile</source>
        <translation>{0} 已被他人判定</translation>
    </message>
    <message>
        <source>{0} says {1}. J goes on; to judge it anew, open it from the queue.</source>
        <translation>{0} 判为 {1}。J 继续；要重新判定，请从队列打开。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>rework: {0}</source>
        <translation>返工：{0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>接受 {0}</translation>
    </message>
    <message>
        <source>now {0}</source>
        <translation>改为 {0}</translation>
    </message>
    <message>
        <source>by QA</source>
        <translation>由质检判定</translation>
    </message>
    <message>
        <source>by an operator</source>
        <translation>由操作员判定</translation>
    </message>
    <message>
        <source>Here because: {0}</source>
        <translation>原因：{0}</translation>
    </message>
    <message>
        <source>Parts are being taken …</source>
        <translation>正在领取工件 …</translation>
    </message>
    <message>
        <source>No parts left in this view. F1 shows the queue and other views; K goes back.</source>
        <translation>此视图已无工件。F1 显示队列和其他视图；K 返回。</translation>
    </message>
    <message>
        <source>No parts in this view, or others have them. F1 shows the queue.</source>
        <translation>此视图没有工件，或由他人处理。F1 显示队列。</translation>
    </message>
    <message>
        <source>{0}, reviewing: {1}</source>
        <translation>{0}，复核：{1}</translation>
    </message>
    <message>
        <source>No golden part</source>
        <translation>取消考核件</translation>
    </message>
    <message>
        <source>Golden part</source>
        <translation>考核件</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>正在保存 …</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>not decidable</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>意见不一</translation>
    </message>
    <message>
        <source>second opinion</source>
        <translation>第二意见</translation>
    </message>
    <message>
        <source>random sample</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>unlike before</source>
        <translation>与以往不同</translation>
    </message>
    <message>
        <source>label in doubt</source>
        <translation>标注存疑</translation>
    </message>
    <message>
        <source>known answer</source>
        <translation>答案已知</translation>
    </message>
    <message>
        <source>first look</source>
        <translation>首次复核</translation>
    </message>
    <message>
        <source>adjudication</source>
        <translation>裁定</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>类别错误</translation>
    </message>
    <message>
        <source>too loose</source>
        <translation>轮廓过松</translation>
    </message>
    <message>
        <source>sloppy outline</source>
        <translation>轮廓粗糙</translation>
    </message>
    <message>
        <source>defect missed</source>
        <translation>漏标缺陷</translation>
    </message>
    <message>
        <source>only part of it</source>
        <translation>只标了一部分</translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>Needs rework</source>
        <translation>需返工</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>Inspection station · review</source>
        <translation>Inspection station · 复核</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>与检测程序断开</translation>
    </message>
    <message>
        <source>{0}. Parts can be looked at, and nothing can be saved. It reconnects by itself.</source>
        <translation>{0}。可以查看工件，但无法保存。将自动重新连接。</translation>
    </message>
    <message>
        <source>No line runs here</source>
        <translation>此处没有产线在运行</translation>
    </message>
    <message>
        <source>The review keeps the records itself. When the engine starts it takes over; log in again then.</source>
        <translation>复核程序自行保存记录。检测程序启动后由其接管，届时请重新登录。</translation>
    </message>
    <message>
        <source>You may look, not review</source>
        <translation>您可以查看，不能复核</translation>
    </message>
    <message>
        <source>Parts are reviewed by QA and administrators. Ask an administrator for the role, or log in anew.</source>
        <translation>工件由质检和管理员复核。请向管理员申请角色，或重新登录。</translation>
    </message>
    <message>
        <source>{0} wait · {1} reviewed</source>
        <translation>{0} 待处理 · {1} 已复核</translation>
    </message>
    <message>
        <source>the pages</source>
        <translation>各页面</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>本列表</translation>
    </message>
</context>
<context>
    <name>ReworkPanel</name>
    <message>
        <source>What is wrong with the labels?</source>
        <translation>标注有什么问题？</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
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
    <name>TimePareto</name>
    <message>
        <source>No NG part in this time.</source>
        <translation>此时段没有 NG 工件。</translation>
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
        <source>no line</source>
        <translation>无产线</translation>
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
