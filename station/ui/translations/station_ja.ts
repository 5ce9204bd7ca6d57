<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en_US">
<context>
    <name>AgreementTable</name>
    <message>
        <source>Nobody has decided a part in this shift.</source>
        <translation>このシフトで人が判定したワークはありません。</translation>
    </message>
    <message>
        <source>person: {0}</source>
        <translation>人：{0}</translation>
    </message>
    <message>
        <source>model: {0}</source>
        <translation>モデル：{0}</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>見逃し</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>過検出</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>no picture</source>
        <translation>画像なし</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>種類なし</translation>
    </message>
</context>
<context>
    <name>CalibrationCard</name>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>画面を再起動するまで有効です。保存できませんでした：{0}</translation>
    </message>
    <message>
        <source>Kept. Everything has its true size now.</source>
        <translation>保存しました。すべて実寸になりました。</translation>
    </message>
    <message>
        <source>{0} pixels a millimetre</source>
        <translation>1 mm あたり {0} ピクセル</translation>
    </message>
    <message>
        <source>Size of this screen</source>
        <translation>この画面の大きさ</translation>
    </message>
    <message>
        <source>Hold a bank card against the drawn one. Pull its right edge, or tap minus and plus, until both are equal.</source>
        <translation>銀行カードを画面のカードに当て、右端を動かすか − と + をタップして、同じ大きさに合わせてください。</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>小さく</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>大きく</translation>
    </message>
    <message>
        <source>It fits</source>
        <translation>合った</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>Part {0}, {1}</source>
        <translation>ワーク {0}、{1}</translation>
    </message>
    <message>
        <source>{0}; {1} by {2} pixels, {3}</source>
        <translation>{0}；{1} × {2} ピクセル、{3}</translation>
    </message>
    <message>
        <source>Camera {0}, view {1}</source>
        <translation>カメラ {0}、ビュー {1}</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>画像がありません。</translation>
    </message>
    <message>
        <source>the camera&apos;s own</source>
        <translation>カメラの値</translation>
    </message>
    <message>
        <source>set to {0}</source>
        <translation>設定 {0}</translation>
    </message>
    <message>
        <source>{0} (set to {1})</source>
        <translation>{0}（設定 {1}）</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>鮮鋭度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>コントラスト</translation>
    </message>
    <message>
        <source>At full scale</source>
        <translation>飽和</translation>
    </message>
    <message>
        <source>Exposure, µs</source>
        <translation>露光、µs</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>ゲイン</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>in pixels: this recipe does not say how large a pixel is</source>
        <translation>ピクセル表示：このレシピには画素の寸法がありません</translation>
    </message>
    <message>
        <source>covers nothing</source>
        <translation>面積なし</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>自己交差</translation>
    </message>
    <message>
        <source>beyond the picture</source>
        <translation>画像の外</translation>
    </message>
    <message>
        <source>tiny</source>
        <translation>小さすぎ</translation>
    </message>
    <message>
        <source>drawn twice</source>
        <translation>重複</translation>
    </message>
    <message>
        <source>class removed</source>
        <translation>種類が削除済み</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>種類なし</translation>
    </message>
    <message>
        <source>An outline covers nothing: delete it, or draw it again.</source>
        <translation>面積のない輪郭があります。削除するか、描き直してください。</translation>
    </message>
    <message>
        <source>An outline crosses itself: undo and draw it again, or move its corners.</source>
        <translation>輪郭が自分と交差しています。元に戻して描き直すか、頂点を動かしてください。</translation>
    </message>
    <message>
        <source>An outline reaches beyond the picture.</source>
        <translation>輪郭が画像からはみ出しています。</translation>
    </message>
    <message>
        <source>An outline is smaller than three pixels: was it a slip of the finger?</source>
        <translation>3 ピクセル未満の輪郭があります。誤って触れましたか？</translation>
    </message>
    <message>
        <source>The same defect is outlined twice: delete one of them.</source>
        <translation>同じ欠陥が二重に描かれています。片方を削除してください。</translation>
    </message>
    <message>
        <source>“{0}” is no class of this recipe any more. The outline keeps it; tap a chip to give it another.</source>
        <translation>「{0}」はこのレシピの種類ではなくなりました。輪郭には残ります。変えるには種類をタップしてください。</translation>
    </message>
    <message>
        <source>An outline has no class yet.</source>
        <translation>種類のない輪郭があります。</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>見直す</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>了解</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>回収済み</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Golden sample</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>There is no picture to compare.</source>
        <translation>比較する画像がありません。</translation>
    </message>
    <message>
        <source>Laying the golden sample over the part …</source>
        <translation>マスターを重ねています…</translation>
    </message>
    <message>
        <source>This part is the golden sample of {0}, view {1}, from now on.</source>
        <translation>これからこのワークが {0}、ビュー {1} のマスターです。</translation>
    </message>
    <message>
        <source>There is no good part to compare with yet.</source>
        <translation>比較できる良品がまだありません。</translation>
    </message>
    <message>
        <source>Golden sample: part {0}</source>
        <translation>マスター：ワーク {0}</translation>
    </message>
    <message>
        <source>chosen by {0}</source>
        <translation>{0} が選択</translation>
    </message>
    <message>
        <source>the best good part on record</source>
        <translation>記録中で最良の良品</translation>
    </message>
    <message>
        <source>laid over roughly: the part was not found exactly</source>
        <translation>位置を正確に合わせられず、おおよそで重ねています</translation>
    </message>
    <message>
        <source>not laid over: the pictures do not fit each other</source>
        <translation>重ねていません：画像が合いません</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>次のワーク、前のワーク</translation>
    </message>
    <message>
        <source>another annotator on the first side, on the second</source>
        <translation>1 人目を替える、2 人目を替える</translation>
    </message>
    <message>
        <source>only the first one&apos;s outlines, only the second one&apos;s; again: both</source>
        <translation>1 人目の輪郭だけ、2 人目の輪郭だけ。もう一度で両方</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>画像を動かす</translation>
    </message>
    <message>
        <source>Only the first</source>
        <translation>1 人目だけ</translation>
    </message>
    <message>
        <source>Only the second</source>
        <translation>2 人目だけ</translation>
    </message>
    <message>
        <source>Another annotator</source>
        <translation>別の人</translation>
    </message>
    <message>
        <source>No part is in hand. F1 shows the queue; Enter there takes parts.</source>
        <translation>手元にワークがありません。F1 で待ち列を開き、Enter で受け取ります。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>ワークを読み込んでいます …</translation>
    </message>
    <message>
        <source>Others have said something of this part. You see it once you have said what you think.</source>
        <translation>このワークには他の人の意見があります。ご自分の判断を示すと見られます。</translation>
    </message>
    <message>
        <source>Only the model has said something of this part.</source>
        <translation>このワークについてはモデルの意見だけです。</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>outlined nothing</source>
        <translation>輪郭なし</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outline(s)</source>
        <translation>
            <numerusform>輪郭 %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>the same defect, the same class</source>
        <translation>同じ欠陥、同じ種類</translation>
    </message>
    <message>
        <source>the same defect, another class</source>
        <translation>同じ欠陥、別の種類</translation>
    </message>
    <message>
        <source>only the first</source>
        <translation>1 人目だけ</translation>
    </message>
    <message>
        <source>only the second</source>
        <translation>2 人目だけ</translation>
    </message>
</context>
<context>
    <name>DaysPChart</name>
    <message>
        <source>No parts in this time.</source>
        <translation>この期間のワークはありません。</translation>
    </message>
</context>
<context>
    <name>DefectBook</name>
    <message>
        <source>Back to the part</source>
        <translation>ワークに戻る</translation>
    </message>
    <message>
        <source>Reading the examples …</source>
        <translation>見本を読み込み中…</translation>
    </message>
    <message>
        <source>This is {0}</source>
        <translation>これは {0}</translation>
    </message>
    <message>
        <source>Nobody has outlined this class yet.</source>
        <translation>この種類はまだ誰も描いていません。</translation>
    </message>
    <message>
        <source>This is not {0}: marked by the model, and called good by a person</source>
        <translation>これは {0} ではない：モデルが検出し、人が良品とした</translation>
    </message>
    <message>
        <source>No part that the model marked was called good yet.</source>
        <translation>モデルが検出し、人が良品としたワークはまだありません。</translation>
    </message>
    <message>
        <source>Borderline: the station could not decide, a person called it {0}</source>
        <translation>境界：装置が判定できず、人が {0} とした</translation>
    </message>
    <message>
        <source>Nothing was borderline yet.</source>
        <translation>境界の例はまだありません。</translation>
    </message>
</context>
<context>
    <name>DeskLink</name>
    <message>
        <source>not connected yet</source>
        <translation>未接続</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>Looking at cameras, models, disk and ports …</source>
        <translation>カメラ・モデル・ディスク・ポートを確認中…</translation>
    </message>
    <message>
        <source>The doctor could not work: {0}</source>
        <translation>診断を実行できませんでした：{0}</translation>
    </message>
    <message>
        <source>Everything is well.</source>
        <translation>すべて正常です。</translation>
    </message>
    <message>
        <source>To mend: {0}. To know: {1}.</source>
        <translation>要対処：{0}。注意：{1}。</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>対処：{0}</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>診断</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再確認</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself.</source>
        <translation>カメラ {camera}：{reason}。復帰するまでワークは排出されます。自動で再試行します。</translation>
    </message>
    <message>
        <source>Camera {camera}: {reason}. This part is rejected.</source>
        <translation>カメラ {camera}：{reason}。このワークは排出されます。</translation>
    </message>
    <message>
        <source>View {view}: {reason} within the part&apos;s deadline. This part is rejected.</source>
        <translation>ビュー {view}：ワークの期限内に{reason}。このワークは排出されます。</translation>
    </message>
    <message>
        <source>View {view}: its turn came after the part&apos;s deadline. This part is rejected.</source>
        <translation>ビュー {view}：順番が来たときにはワークの期限を過ぎていました。このワークは排出されます。</translation>
    </message>
    <message>
        <source>View {view}: the picture is {reason}. This part is rejected.</source>
        <translation>ビュー {view}：画像が{reason}。このワークは排出されます。</translation>
    </message>
    <message>
        <source>View {view}: the picture could not be stored ({reason}). This part is rejected.</source>
        <translation>ビュー {view}：画像を保存できませんでした（{reason}）。このワークは排出されます。</translation>
    </message>
    <message>
        <source>View {view}: {reason}. This part is rejected.</source>
        <translation>ビュー {view}：{reason}。このワークは排出されます。</translation>
    </message>
    <message>
        <source>Judging view {view} failed ({reason}). This part is rejected; see the log.</source>
        <translation>ビュー {view} の判定に失敗しました（{reason}）。このワークは排出されます。ログを確認してください。</translation>
    </message>
    <message>
        <source>There is no model {model}. This part is rejected. Learn or deploy one.</source>
        <translation>モデル {model} がありません。このワークは排出されます。モデルを学習または適用してください。</translation>
    </message>
    <message>
        <source>Model {model}: {reason}. This part is rejected.</source>
        <translation>モデル {model}：{reason}。このワークは排出されます。</translation>
    </message>
    <message>
        <source>Model {model} cannot be used: {reason}. Every part is rejected until there is one.</source>
        <translation>モデル {model} は使用できません：{reason}。使えるモデルができるまで、すべてのワークが排出されます。</translation>
    </message>
    <message>
        <source>Nothing can be stored: {reason}. Every part is rejected.</source>
        <translation>何も保存できません：{reason}。すべてのワークが排出されます。</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>画像がありません</translation>
    </message>
    <message>
        <source>no answer from the model</source>
        <translation>モデルの応答がありません</translation>
    </message>
    <message>
        <source>it is not started</source>
        <translation>起動していません</translation>
    </message>
    <message>
        <source>it is starting</source>
        <translation>起動中です</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>停止されました</translation>
    </message>
    <message>
        <source>it was not ready within {seconds} s</source>
        <translation>{seconds} 秒以内に準備できませんでした</translation>
    </message>
    <message>
        <source>its worker gave no sign of life for {seconds} s</source>
        <translation>プロセスが {seconds} 秒間応答していません</translation>
    </message>
    <message>
        <source>its worker cannot be started: {reason}</source>
        <translation>プロセスを起動できません：{reason}</translation>
    </message>
    <message>
        <source>camera {camera} is down: {reason}</source>
        <translation>カメラ {camera} が停止しています：{reason}</translation>
    </message>
    <message>
        <source>no picture within {seconds} s of the trigger</source>
        <translation>トリガーから {seconds} 秒以内に画像がありません</translation>
    </message>
    <message>
        <source>no picture came in time</source>
        <translation>画像が間に合いませんでした</translation>
    </message>
    <message>
        <source>no frame for {seconds} s; check cable, power and trigger settings</source>
        <translation>{seconds} 秒間画像がありません。ケーブル、電源、トリガー設定を確認してください</translation>
    </message>
    <message>
        <source>trigger overrun, not fired: {reason}</source>
        <translation>トリガーが早すぎて実行されませんでした：{reason}</translation>
    </message>
    <message>
        <source>black (brightness {value}, min_brightness {limit}); check the light</source>
        <translation>真っ暗です（明るさ {value}、min_brightness {limit}）。照明を確認してください</translation>
    </message>
    <message>
        <source>over-exposed ({value} of it saturated, max_saturated_share {limit}); check exposure and light</source>
        <translation>露出オーバーです（飽和率 {value}、max_saturated_share {limit}）。露光と照明を確認してください</translation>
    </message>
    <message>
        <source>flat (contrast {value}, min_contrast {limit}); check light and lens</source>
        <translation>コントラスト不足です（コントラスト {value}、min_contrast {limit}）。照明とレンズを確認してください</translation>
    </message>
    <message>
        <source>out of focus (sharpness {value}, min_sharpness {limit}); check the lens</source>
        <translation>ピントが合っていません（鮮鋭度 {value}、min_sharpness {limit}）。レンズを確認してください</translation>
    </message>
    <message>
        <source>frozen (the one before once more, value by value); check the camera</source>
        <translation>固まっています（前の画像とすべての値が同じ）。カメラを確認してください</translation>
    </message>
    <message>
        <source>the picture is {size} pixels, the reference {reference}</source>
        <translation>画像は {size} 画素、基準は {reference} です</translation>
    </message>
    <message>
        <source>the model gave no answer</source>
        <translation>モデルから結果がありません</translation>
    </message>
    <message>
        <source>the model&apos;s score or threshold is no finite number; check the model</source>
        <translation>モデルのスコアまたはしきい値が有限の数ではありません。モデルを確認してください</translation>
    </message>
    <message>
        <source>the model outlined a defect without finite figures; check the model</source>
        <translation>モデルが描いた欠陥の数値が有限ではありません。モデルを確認してください</translation>
    </message>
    <message>
        <source>threshold low {low} is above high {high}; correct the recipe or the model</source>
        <translation>下側のしきい値 {low} が上側 {high} を超えています。レシピかモデルを直してください</translation>
    </message>
    <message>
        <source>the recipe {recipe} has no such view</source>
        <translation>レシピ {recipe} にそのビューはありません</translation>
    </message>
    <message>
        <source>{count} pictures where one is needed</source>
        <translation>画像が 1 枚必要なところ {count} 枚です</translation>
    </message>
    <message>
        <source>{count} more defects are not outlined, so no rule could look at them</source>
        <translation>ほかに輪郭のない欠陥が {count} 件あり、ルールでは判定できません</translation>
    </message>
    <message>
        <source>{key}: no millimetres are known{where}; calibrate the view, for a person to decide</source>
        <translation>{key}：ミリメートルが不明です{where}。ビューを校正してください。人が判定します</translation>
    </message>
    <message>
        <source>{defects} near the limit {limit} not measured; for a person to decide</source>
        <translation>{defects}：限界 {limit} に近く、測定していません。人が判定します</translation>
    </message>
    <message>
        <source>Badge and PIN, or name and password, do not belong together.</source>
        <translation>ID カードと PIN、または名前とパスワードが一致しません。</translation>
    </message>
    <message>
        <source>Locked after {count} wrong tries, for {minutes} minutes. An administrator can unlock it.</source>
        <translation>{count} 回間違えたため {minutes} 分間ロックされています。管理者が解除できます。</translation>
    </message>
    <message>
        <source>Nobody is logged in; log in first.</source>
        <translation>誰もログインしていません。先にログインしてください。</translation>
    </message>
    <message>
        <source>The session is over; log in first.</source>
        <translation>セッションが終わりました。先にログインしてください。</translation>
    </message>
    <message>
        <source>The role {role} may not do this.</source>
        <translation>あなたの役割ではこの操作はできません。</translation>
    </message>
    <message>
        <source>There is no part {part}.</source>
        <translation>そのワークはありません。</translation>
    </message>
    <message>
        <source>The station</source>
        <translation>ステーション</translation>
    </message>
    <message>
        <source>{who} has decided {verdict} meanwhile: look at the part again.</source>
        <translation>その間に {who} が {verdict} と判定しました。ワークをもう一度見てください。</translation>
    </message>
    <message>
        <source>{who} has decided this part; only QA may supersede another person&apos;s verdict.</source>
        <translation>{who} がこのワークを判定しました。他の人の判定を変更できるのは品質担当だけです。</translation>
    </message>
    <message>
        <source>{who} has annotated this view meanwhile: open the part again and look.</source>
        <translation>その間に {who} がこのビューに輪郭を付けました。ワークを開き直して見てください。</translation>
    </message>
    <message>
        <source>The pictures of this part were removed, and what nobody sees cannot be OK.</source>
        <translation>このワークの画像は削除されています。見えないものを OK にはできません。</translation>
    </message>
    <message>
        <source>View {view} has no picture, and what nobody saw cannot be OK.</source>
        <translation>ビュー {view} に画像がありません。誰も見ていないものを OK にはできません。</translation>
    </message>
    <message>
        <source>View {view} has no picture, so there is nothing to outline.</source>
        <translation>ビュー {view} に画像がないため、輪郭を付けられません。</translation>
    </message>
    <message>
        <source>The picture of view {view} was removed, so there is nothing to outline.</source>
        <translation>ビュー {view} の画像は削除されているため、輪郭を付けられません。</translation>
    </message>
    <message>
        <source>{who} has this part at present.</source>
        <translation>このワークは {who} が作業中です。</translation>
    </message>
    <message>
        <source>This part is reviewed already.</source>
        <translation>このワークはレビュー済みです。</translation>
    </message>
    <message>
        <source>This part is not decided yet: say OK or NG.</source>
        <translation>このワークは未判定です。OK か NG を選んでください。</translation>
    </message>
    <message>
        <source>This part waits for better labels: annotate it first.</source>
        <translation>このワークはラベルの修正待ちです。先に描き直してください。</translation>
    </message>
    <message>
        <source>You have reviewed this part: the next word is somebody else&apos;s.</source>
        <translation>あなたはレビュー済みです。次は他の人の番です。</translation>
    </message>
    <message>
        <source>The reviewers of this part differ: it must be adjudicated.</source>
        <translation>意見が分かれています。裁定が必要です。</translation>
    </message>
    <message>
        <source>The reviewers of this part do not differ, or not any more.</source>
        <translation>意見は分かれていないか、もう分かれていません。</translation>
    </message>
    <message>
        <source>You are one of those who differ on this part: somebody else must decide.</source>
        <translation>あなたは意見が分かれた一人です。他の人が決めます。</translation>
    </message>
    <message>
        <source>{who} is not among the adjudicators.</source>
        <translation>{who} は裁定者ではありません。</translation>
    </message>
    <message>
        <source>There is no word of yours to take back, or not the last one.</source>
        <translation>取り消せるあなたの判断がないか、最後のものではありません。</translation>
    </message>
    <message>
        <source>Somebody has worked on this part since: review it again instead.</source>
        <translation>その後、他の人が作業しました。もう一度レビューしてください。</translation>
    </message>
    <message>
        <source>There is no such change of class of yours to take back.</source>
        <translation>取り消せるあなたのクラス変更はありません。</translation>
    </message>
    <message>
        <source>The part has no picture, or nothing with another class.</source>
        <translation>ワークに画像がないか、他のクラスのものがありません。</translation>
    </message>
    <message>
        <source>Review this part first: a known answer is one that stands.</source>
        <translation>先にこのワークをレビューしてください。既知の答えは確定したものに限ります。</translation>
    </message>
    <message>
        <source>Nothing can be stored at present. Nothing was changed; try again.</source>
        <translation>現在は保存できません。何も変更されていません。もう一度試してください。</translation>
    </message>
    <message>
        <source>It could not be stored: {reason}.</source>
        <translation>保存できませんでした：{reason}。</translation>
    </message>
    <message>
        <source>No part can be taken now: {reason}.</source>
        <translation>今はワークを取り込めません：{reason}。</translation>
    </message>
    <message>
        <source>too many parts are open already</source>
        <translation>処理中のワークが多すぎます</translation>
    </message>
    <message>
        <source>There is no recipe {recipe}; there are: {recipes}.</source>
        <translation>レシピ {recipe} はありません。あるもの：{recipes}。</translation>
    </message>
    <message>
        <source>No line runs here: start the station first.</source>
        <translation>ここではラインが動いていません。先にステーションを起動してください。</translation>
    </message>
    <message>
        <source>The engine failed at this; its log says at what.</source>
        <translation>検査プログラムが失敗しました。内容はログにあります。</translation>
    </message>
    <message>
        <source>{count} requests wait for the engine already; try again when it answers.</source>
        <translation>すでに {count} 件の要求が検査プログラムを待っています。応答してからもう一度試してください。</translation>
    </message>
    <message>
        <source>the engine ended</source>
        <translation>検査プログラムが終了しました</translation>
    </message>
    <message>
        <source>the engine has said nothing for {seconds} s</source>
        <translation>検査プログラムが {seconds} 秒間応答していません</translation>
    </message>
    <message>
        <source>the engine is of another version; update this program and the engine together</source>
        <translation>検査プログラムのバージョンが違います。両方を一緒に更新してください</translation>
    </message>
    <message>
        <source>no engine answers in {folder} ({error})</source>
        <translation>{folder} で検査プログラムが応答しません（{error}）</translation>
    </message>
</context>
<context>
    <name>EngineerPage</name>
    <message>
        <source>Engineer</source>
        <translation>技術</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Recipe and line</source>
        <translation>レシピとライン</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>診断</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>領域</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>part</source>
        <translation>ワーク</translation>
    </message>
    <message>
        <source>{0} · OK below {1}, NG from {2}</source>
        <translation>{0} · {1} 未満 OK、{2} 以上 NG</translation>
    </message>
    <message>
        <source>score</source>
        <translation>スコア</translation>
    </message>
    <message>
        <source>places found</source>
        <translation>検出数</translation>
    </message>
    <message>
        <source>model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>view</source>
        <translation>ビュー</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <translation>指標</translation>
    </message>
    <message>
        <source>one day, seven days, thirty days</source>
        <translation>1 日、7 日、30 日</translation>
    </message>
    <message>
        <source>Working them out …</source>
        <translation>計算中 …</translation>
    </message>
    <message>
        <source>The figures cannot be read.</source>
        <translation>指標を読めません。</translation>
    </message>
    <message>
        <source>{0} parts: {1} OK, {2} NG, {3} not decidable.</source>
        <translation>{0} 個：{1} OK、{2} NG、{3} 判定不能。</translation>
    </message>
    <message>
        <source>{0} parts whose answer is known, {1} of them bad. Intervals of 95 %.</source>
        <translation>答えが分かっているワーク {0} 個、うち不良 {1} 個。95 % 区間。</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>基準との比較</translation>
    </message>
    <message>
        <source>Agreement beyond chance</source>
        <translation>偶然を超える一致</translation>
    </message>
    <message>
        <source>1 is full, 0 what chance gives.</source>
        <translation>1 は完全一致、0 は偶然の水準。</translation>
    </message>
    <message>
        <source>The Western Electric rules find nothing.</source>
        <translation>ウェスタン・エレクトリックの判定規則では異常なし。</translation>
    </message>
    <message>
        <source>Points at which the Western Electric rules find more than chance: {0}.</source>
        <translation>ウェスタン・エレクトリックの規則で偶然でない点：{0}。</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>排出したワーク</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa: {0}</source>
        <translation>フライスのカッパ：{0}</translation>
    </message>
    <message>
        <source>Gwet&apos;s AC1: {0}</source>
        <translation>グウェットの AC1：{0}</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha: {0}</source>
        <translation>クリッペンドルフのアルファ：{0}</translation>
    </message>
    <message>
        <source>With themselves: {0}</source>
        <translation>本人内の一致：{0}</translation>
    </message>
    <message>
        <source>Of two, Cohen&apos;s kappa:</source>
        <translation>二者間、コーエンのカッパ：</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>ほか {0} 件：`station report` を参照。</translation>
    </message>
    <message>
        <source>not enough data</source>
        <translation>データ不足</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>要注意</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>不十分</translation>
    </message>
    <message>
        <source>{0}, {1} (all alike)</source>
        <translation>{0}、{1}（すべて同じ）</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0}（{1}～{2}）、{3}</translation>
    </message>
    <message>
        <source>Escapes: not enough data, QA audited {0} of {1} passed parts.</source>
        <translation>流出：データ不足。品質部門の抜き取りは合格 {1} 個中 {0} 個。</translation>
    </message>
    <message>
        <source>Escapes: {0} ({1} to {2}) of {3} passed parts; {4} bad ones among {5} audited.</source>
        <translation>流出：合格 {3} 個中 {0} 個（{1}～{2}）。抜き取り {5} 個中の不良 {4} 個。</translation>
    </message>
    <message>
        <source>Drift of scores: not enough data.</source>
        <translation>スコアのドリフト：データ不足。</translation>
    </message>
    <message>
        <source>no change beyond chance</source>
        <translation>偶然を超える変化なし</translation>
    </message>
    <message>
        <source>some change: look at pictures and light</source>
        <translation>変化あり：画像と照明を確認</translation>
    </message>
    <message>
        <source>another population: look before you trust the thresholds</source>
        <translation>別の分布：しきい値を信じる前に確認</translation>
    </message>
    <message>
        <source>Drift of {0}: PSI {1}, KS {2}, {3}.</source>
        <translation>{0} のドリフト：PSI {1}、KS {2}、{3}。</translation>
    </message>
    <message>
        <source>Nobody decided or outlined anything.</source>
        <translation>判定も輪郭もまだありません。</translation>
    </message>
    <message>
        <source>pace not known</source>
        <translation>ペース不明</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>毎時 {0}</translation>
    </message>
    <message>
        <source>{0}: {1} verdicts, {2} outlined views, {3}; {4} of {5} upheld by QA</source>
        <translation>{0}：判定 {1} 件、輪郭 {2} ビュー、{3}。品質部門の支持 {5} 件中 {4} 件</translation>
    </message>
    <message>
        <source>Figures of quality</source>
        <translation>品質指標</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 日</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 日</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 日</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>種類別の NG</translation>
    </message>
    <message>
        <source>Escapes and drift</source>
        <translation>流出とドリフト</translation>
    </message>
    <message>
        <source>People&apos;s work</source>
        <translation>作業の実績</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>右：上からの累積割合。</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>open</source>
        <translation>未完了</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>{0} から</translation>
    </message>
    <message numerus="yes">
        <source>last %n hour(s)</source>
        <translation>
            <numerusform>過去 %n 時間</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>過去 %n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>any</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Here because</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>段階</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>シフト</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Lot: the id begins with</source>
        <translation>ロット：ID の先頭</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>担当者</translation>
    </message>
    <message>
        <source>Model, as name/version</source>
        <translation>モデル：名前/版</translation>
    </message>
    <message>
        <source>Score from</source>
        <translation>スコア下限</translation>
    </message>
    <message>
        <source>Score to</source>
        <translation>スコア上限</translation>
    </message>
    <message>
        <source>Size from, pixels</source>
        <translation>大きさ下限 (px)</translation>
    </message>
    <message>
        <source>Size to, pixels</source>
        <translation>大きさ上限 (px)</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Grid</source>
        <translation>一覧</translation>
    </message>
    <message>
        <source>go through the cells; beyond the last one the page turns</source>
        <translation>枠を移動。最後の先で次のページへ</translation>
    </message>
    <message>
        <source>select the cell, or do not any more</source>
        <translation>枠を選ぶ、または外す</translation>
    </message>
    <message>
        <source>select on the way</source>
        <translation>移動しながら選ぶ</translation>
    </message>
    <message>
        <source>select the page; select nothing</source>
        <translation>ページ全部を選ぶ、選択を外す</translation>
    </message>
    <message>
        <source>this class for all that is selected, else for the cell under the cursor</source>
        <translation>選んだものすべて、なければ現在の枠をこの種類にする</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>ほかの種類（表示しきれないとき）</translation>
    </message>
    <message>
        <source>take the last change of classes back, all of it</source>
        <translation>直前の種類の変更をすべて戻す</translation>
    </message>
    <message>
        <source>page before, next page, first page</source>
        <translation>前のページ、次のページ、最初のページ</translation>
    </message>
    <message>
        <source>see the part large</source>
        <translation>ワークを大きく見る</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>The pictures cannot be read.</source>
        <translation>画像を読み込めません。</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>検査プログラムがないため保存できません。</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>レビューするにはログインしてください。</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>この役割ではレビューできません。品質管理と管理者が行います。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>保存しています …</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s): {0} · saved</source>
        <translation>
            <numerusform>%n 個：{0} · 保存しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) taken back · saved</source>
        <translation>
            <numerusform>%n 個を戻しました · 保存しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) not: {0}</source>
        <translation>
            <numerusform>%n 個は不可：{0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>待ち列を読み込んでいます …</translation>
    </message>
    <message>
        <source>Nothing waits here.</source>
        <translation>待っているワークはありません。</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>{0} / {1} ページ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln 個選択</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Your decision · {0} s</source>
        <translation>判定してください · {0} s</translation>
    </message>
    <message>
        <source>The part waits for you. After that the PLC is told “not decidable” and rejects it.</source>
        <translation>ワークが判定を待っています。時間切れで PLC に「判定不能」を送り、排出します。</translation>
    </message>
    <message>
        <source>The next part is shown as soon as it is judged.</source>
        <translation>次のワークは判定され次第、表示します。</translation>
    </message>
    <message>
        <source>Also waiting for you: {0}</source>
        <translation>ほかの判定待ち：{0}</translation>
    </message>
    <message>
        <source>The model is sure: {0}</source>
        <translation>モデルは確信：{0}</translation>
    </message>
    <message>
        <source>Tap {0} once more if you are sure too.</source>
        <translation>確かなら {0} をもう一度タップしてください。</translation>
    </message>
    <message>
        <source>Fetch back: {0}</source>
        <translation>回収：{0}</translation>
    </message>
    <message>
        <source>It passed the gate before it was called NG. Take it off the line.</source>
        <translation>NG になる前に排出口を通過しました。ラインから取り除いてください。</translation>
    </message>
    <message>
        <source>Back to the line</source>
        <translation>ラインに戻る</translation>
    </message>
    <message>
        <source>Back to the line · {0} newer</source>
        <translation>ラインに戻る · 新着 {0}</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect</source>
        <translation>検査</translation>
    </message>
    <message>
        <source>Part {0}: nobody decided in time</source>
        <translation>ワーク {0}：時間内に判定なし</translation>
    </message>
    <message>
        <source>The PLC was told “not decidable”, so it rejects the part. A verdict now changes the records only.</source>
        <translation>PLC に「判定不能」を送ったので、ワークは排出されます。今からの判定は記録だけを変えます。</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>検査プログラムがないため、保存できません。</translation>
    </message>
    <message>
        <source>Scan your badge to decide.</source>
        <translation>判定するには ID カードを読ませてください。</translation>
    </message>
    <message>
        <source>Your role does not decide parts.</source>
        <translation>あなたの権限では判定できません。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>このワークを読み込めません。</translation>
    </message>
    <message>
        <source>No part to decide.</source>
        <translation>判定するワークがありません。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>ワークを読み込み中…</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided.</source>
        <translation>画像が足りないため、このワークは判定できません。</translation>
    </message>
    <message>
        <source>{0}: {1} again · saved</source>
        <translation>{0}：{1} に戻しました · 保存済み</translation>
    </message>
    <message>
        <source>{0}: {1} saved · undo</source>
        <translation>{0}：{1} 保存済み · 取消</translation>
    </message>
    <message>
        <source>{0} stands until you decide again</source>
        <translation>判定し直すまで {0} のままです</translation>
    </message>
    <message>
        <source>It is saved. The other button supersedes it.</source>
        <translation>保存済みです。もう一方のボタンで変更できます。</translation>
    </message>
    <message>
        <source>{0} decided part {1} a moment ago. Look at it again.</source>
        <translation>{0} がワーク {1} を先に判定しました。もう一度確認してください。</translation>
    </message>
</context>
<context>
    <name>KeptBand</name>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source> · {0} more</source>
        <translation> · ほか {0}</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>画面が止まる前に描いたものを復元しました。検査プログラムにはまだ送っていません。</translation>
    </message>
    <message>
        <source>Recovered: part {0}</source>
        <translation>復元：ワーク {0}</translation>
    </message>
    <message>
        <source>The outlines are on this screen&apos;s disk only. Open the part to send them.</source>
        <translation>輪郭はこの端末にだけあります。ワークを開いて送ってください。</translation>
    </message>
    <message>
        <source>Not saved: outlines of part {0}</source>
        <translation>未保存：ワーク {0} の輪郭</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys · {0}</source>
        <translation>キー · {0}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>KnownChart</name>
    <message>
        <source>Nobody judged a part whose answer is known.</source>
        <translation>答えが分かっているワークの判定はまだありません。</translation>
    </message>
    <message>
        <source>Missed bad parts</source>
        <translation>見逃した不良</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>過検出</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>ほか {0} 件：`station report` を参照。</translation>
    </message>
    <message>
        <source>{0} of {1}: not enough data</source>
        <translation>{1} 中 {0}：データ不足</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0}（{1}～{2}）、{3}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>要注意</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>不十分</translation>
    </message>
</context>
<context>
    <name>LearnCard</name>
    <message>
        <source>Starting …</source>
        <translation>開始中…</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>終了中…</translation>
    </message>
    <message>
        <source>Cancelled; nothing was deployed.</source>
        <translation>中止しました。何も適用していません。</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>できませんでした：{0}</translation>
    </message>
    <message>
        <source>Learning needs the station&apos;s configuration: start the screen with --config.</source>
        <translation>学習には装置の設定が必要です。--config を付けて画面を起動してください。</translation>
    </message>
    <message>
        <source>The engine holds cameras and journal. Stop it to learn: this page stays, and so does your login.</source>
        <translation>検査プログラムがカメラと記録を使用中です。学習するには止めてください。このページもログインもそのままです。</translation>
    </message>
    <message>
        <source>Put good parts before the cameras. What is learned is deployed at once, and each picture is kept as a good one.</source>
        <translation>良品をカメラの前に置いてください。学習結果はすぐ適用し、画像はすべて良品として保存します。</translation>
    </message>
    <message>
        <source>Learn the good part</source>
        <translation>良品を学習</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
</context>
<context>
    <name>LineCard</name>
    <message>
        <source>Pausing …</source>
        <translation>一時停止中…</translation>
    </message>
    <message>
        <source>Going on …</source>
        <translation>再開中…</translation>
    </message>
    <message>
        <source>A pause takes no more parts; the PLC sees the station offline. Parts in hand are finished.</source>
        <translation>一時停止中は新しいワークを受けません。PLC からはオフラインに見えます。受付済みのワークは最後まで検査します。</translation>
    </message>
    <message>
        <source>No parts are taken until somebody goes on, also after a restart.</source>
        <translation>誰かが再開するまでワークを受けません。再起動後も同じです。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>ライン</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>清掃</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>段取り</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>保全</translation>
    </message>
    <message>
        <source>No material</source>
        <translation>材料切れ</translation>
    </message>
    <message>
        <source>Pause the line</source>
        <translation>ラインを一時停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>画像を読み込めません。{0}</translation>
    </message>
    <message>
        <source>No part has been inspected yet.</source>
        <translation>まだワークを検査していません。</translation>
    </message>
</context>
<context>
    <name>LoginPanel</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>ログイン</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>That is not right. Try again.</source>
        <translation>正しくありません。もう一度どうぞ。</translation>
    </message>
    <message>
        <source>Locked after too many tries.</source>
        <translation>試行回数が多すぎるため、ロックしました。</translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation>ログインしていません。</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>名前とパスワード</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>暗証番号</translation>
    </message>
    <message>
        <source>Badge read. Type the PIN and tap ✓.</source>
        <translation>ID カードを読みました。暗証番号を入れて ✓ をタップしてください。</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>ID カードをどうぞ</translation>
    </message>
    <message>
        <source>Hold it to the reader, or type what is on it and Enter; the PIN is asked for next.</source>
        <translation>リーダーにかざすか、記載の文字を入力して Enter。次に暗証番号を入れます。</translation>
    </message>
    <message>
        <source>The engine is not there; logging in works as soon as it is back.</source>
        <translation>検査プログラムが止まっています。戻ればログインできます。</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Badge and PIN instead</source>
        <translation>ID カードと暗証番号</translation>
    </message>
    <message>
        <source>Name and password instead</source>
        <translation>名前とパスワード</translation>
    </message>
</context>
<context>
    <name>NgMode</name>
    <message>
        <source>The model sees nothing there. Draw around it instead.</source>
        <translation>モデルはそこに何も見つけません。手で囲んでください。</translation>
    </message>
</context>
<context>
    <name>NgPage</name>
    <message>
        <source>Tap the model&apos;s outline, or draw around the defect.</source>
        <translation>モデルの輪郭をタップするか、欠陥を囲んでください。</translation>
    </message>
    <message>
        <source>What is it? Tap its class.</source>
        <translation>何ですか？種類をタップしてください。</translation>
    </message>
    <message>
        <source>For which outline? Tap the outline first.</source>
        <translation>どの輪郭ですか？先に輪郭をタップしてください。</translation>
    </message>
    <message>
        <source>Classes of the whole picture: tap to set, tap again to take away.</source>
        <translation>画像全体の種類：タップで付け、もう一度で外します。</translation>
    </message>
    <message>
        <source>Draw another one, or be done. The next part takes over by itself.</source>
        <translation>続けて描くか、完了します。次のワークは自動で表示します。</translation>
    </message>
    <message>
        <source>What are these {0}? One tap for all of them.</source>
        <translation>この {0} 個は何ですか？1 回のタップで全部に付きます。</translation>
    </message>
    <message>
        <source>Draw another one, or be done.</source>
        <translation>もう一つ描くか、終わります。</translation>
    </message>
    <message>
        <source>Outlines saved</source>
        <translation>輪郭を保存しました</translation>
    </message>
    <message>
        <source>The draft cannot be kept on this disk</source>
        <translation>下書きをこのディスクに保存できません</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>画面が止まる前に描いたものを復元しました。検査プログラムにはまだ送っていません。</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>復元しました</translation>
    </message>
    <message>
        <source>Not saved; it is kept here</source>
        <translation>未保存：この端末に残しています</translation>
    </message>
    <message>
        <source>The engine is away. All of it is kept on this screen&apos;s disk; send it when the engine is back.</source>
        <translation>検査プログラムがありません。すべてこの端末に残しています。戻ったら送ってください。</translation>
    </message>
    <message>
        <source>Somebody else has outlined this part meanwhile.</source>
        <translation>ほかの人がこのワークに先に描きました。</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>NG saved</source>
        <translation>NG 保存済み</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>まだ保存していません</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>送る</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再送</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>再読込</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>NG without outline</source>
        <translation>NG 輪郭なし</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>No note yet.</source>
        <translation>メモはまだありません。</translation>
    </message>
    <message>
        <source>Log in to leave a note.</source>
        <translation>メモを残すにはログインしてください。</translation>
    </message>
    <message>
        <source>The engine is away. The note is handed over when it is back.</source>
        <translation>検査プログラムがありません。戻りしだいメモを引き継ぎます。</translation>
    </message>
    <message>
        <source>Handing over …</source>
        <translation>引き継ぎ中…</translation>
    </message>
    <message>
        <source>Hand-over notes</source>
        <translation>引き継ぎメモ</translation>
    </message>
    <message>
        <source>All quiet.</source>
        <translation>異常なし。</translation>
    </message>
    <message>
        <source>Lens cleaned.</source>
        <translation>レンズ清掃済み。</translation>
    </message>
    <message>
        <source>Light looks weaker.</source>
        <translation>照明が弱め。</translation>
    </message>
    <message>
        <source>New material.</source>
        <translation>材料切替。</translation>
    </message>
    <message>
        <source>Watch for scratches.</source>
        <translation>キズに注意。</translation>
    </message>
    <message>
        <source>Maintenance is called.</source>
        <translation>保全に連絡済み。</translation>
    </message>
    <message>
        <source>Anything else to say</source>
        <translation>ほかに伝えること</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>引き継ぐ</translation>
    </message>
</context>
<context>
    <name>OnePage</name>
    <message>
        <source>Parts</source>
        <translation>ワーク</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>次のワーク、前のワーク</translation>
    </message>
    <message>
        <source>accept: the judgement stands; a part that was not decidable is OK</source>
        <translation>承認：判定どおり。判定不能のワークは OK</translation>
    </message>
    <message>
        <source>reject: it is the other way round; a part that was not decidable is NG</source>
        <translation>否認：判定の逆。判定不能のワークは NG</translation>
    </message>
    <message>
        <source>NG of this class: all its outlines get it</source>
        <translation>NG でこの種類：すべての輪郭に付ける</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>ほかの種類（表示しきれないとき）</translation>
    </message>
    <message>
        <source>the labels need rework; the next key says why</source>
        <translation>ラベルのやり直し。次のキーで理由を選ぶ</translation>
    </message>
    <message>
        <source>edit the outlines; Enter: done and NG, Esc: back</source>
        <translation>輪郭を直す。Enter で完了して NG、Esc で戻る</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>a part you have decided becomes a golden part: its answer is known, and reviewers are tried on it</source>
        <translation>判定済みのワークを確認用にする。答えが分かっていて、レビュー担当の確認に使う</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>golden sample in the part&apos;s place, and back</source>
        <translation>ワークの代わりにマスターを表示、もう一度で戻る</translation>
    </message>
    <message>
        <source>the worst place large, and back</source>
        <translation>最も悪い所を拡大、もう一度で戻る</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>defect book of the class</source>
        <translation>その種類の欠陥ブック</translation>
    </message>
    <message>
        <source>show the part that the note is about</source>
        <translation>お知らせのワークを表示</translation>
    </message>
    <message>
        <source>put the note away</source>
        <translation>お知らせを閉じる</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>画像を動かす</translation>
    </message>
</context>
<context>
    <name>PChartView</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>このシフトのワークはまだありません。</translation>
    </message>
</context>
<context>
    <name>PaceChart</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>このシフトのワークはまだありません。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>other …</source>
        <translation>その他…</translation>
    </message>
</context>
<context>
    <name>ParetoChart</name>
    <message>
        <source>No NG part in this shift.</source>
        <translation>このシフトに NG はありません。</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>anomaly, not named</source>
        <translation>異常（未分類）</translation>
    </message>
    <message>
        <source>without an outline</source>
        <translation>輪郭なし</translation>
    </message>
</context>
<context>
    <name>PictureBar</name>
    <message>
        <source>Heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <source>Compare: hold</source>
        <translation>押して比較</translation>
    </message>
    <message>
        <source>Whole part</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>How strongly the heat is seen</source>
        <translation>ヒートマップの濃さ</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>with {0} now</source>
        <translation>{0} が作業中</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>待ち列</translation>
    </message>
    <message>
        <source>go through the list</source>
        <translation>一覧を移動</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>review these parts, the chosen one first</source>
        <translation>選んだものからこれらをレビュー</translation>
    </message>
    <message>
        <source>only parts that are here because of this; again: all</source>
        <translation>この理由のものだけ。もう一度ですべて</translation>
    </message>
    <message>
        <source>everything: take the filter away</source>
        <translation>すべて：絞り込みを外す</translation>
    </message>
    <message>
        <source>go to the filter&apos;s fields; Tab goes on, Esc leaves them</source>
        <translation>絞り込み欄へ。Tab で次へ、Esc で離れる</translation>
    </message>
    <message>
        <source>go to the kept views</source>
        <translation>保存した表示へ</translation>
    </message>
    <message>
        <source>Review these</source>
        <translation>レビュー開始</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Keep view</source>
        <translation>表示を保存</translation>
    </message>
    <message>
        <source>Forget view</source>
        <translation>表示を削除</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>表示の名前</translation>
    </message>
    <message>
        <source>View {0} is kept.</source>
        <translation>表示 {0} を保存しました。</translation>
    </message>
    <message>
        <source>View {0} is forgotten.</source>
        <translation>表示 {0} を削除しました。</translation>
    </message>
    <message>
        <source>The queue cannot be read.</source>
        <translation>待ち列を読み込めません。</translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>待ち列を読み込んでいます …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} in the queue</source>
        <translation>待ち列 {1} 個のうち {0}</translation>
    </message>
    <message>
        <source>Nothing waits here. Take the filter away, or come back later.</source>
        <translation>待っているワークはありません。絞り込みを外すか、後でもう一度。</translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation>保存した表示</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>critical</source>
        <translation>致命的</translation>
    </message>
    <message>
        <source>major</source>
        <translation>重度</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>軽度</translation>
    </message>
    <message>
        <source>{what}: score {score}, OK only below {limit}</source>
        <translation>{what}：スコア {score}、{limit} 未満でのみ OK</translation>
    </message>
    <message>
        <source>{what}: score {score}, limit {limit}</source>
        <translation>{what}：スコア {score}、限界 {limit}</translation>
    </message>
    <message>
        <source>{what}: {count} found, limit {limit}</source>
        <translation>{what}：{count} 件、限界 {limit}</translation>
    </message>
    <message>
        <source>{what} and {count} more, which no rule accepts</source>
        <translation>{what} ほか {count} 件、許容するルールなし</translation>
    </message>
    <message>
        <source>{what}, which no rule accepts</source>
        <translation>{what}、許容するルールなし</translation>
    </message>
    <message>
        <source>no defect</source>
        <translation>欠陥なし</translation>
    </message>
    <message>
        <source>{count} found, all accepted by the rules</source>
        <translation>{count} 件、すべてルールで許容</translation>
    </message>
    <message>
        <source>nothing under {zone} was inspected</source>
        <translation>{zone} の下は検査していません</translation>
    </message>
    <message>
        <source>ignore zone {zone} left something out</source>
        <translation>除外領域 {zone} が一部を除きました</translation>
    </message>
    <message>
        <source>anomaly</source>
        <translation>異常</translation>
    </message>
    <message>
        <source>defects</source>
        <translation>欠陥</translation>
    </message>
    <message>
        <source>all defects</source>
        <translation>すべての欠陥</translation>
    </message>
    <message>
        <source>{what} at ({x}, {y}) px</source>
        <translation>{what}（位置 ({x}, {y}) px）</translation>
    </message>
    <message>
        <source>{what} in zone {zone}</source>
        <translation>{what}、領域 {zone}</translation>
    </message>
    <message>
        <source>{0}; too near to tell, {1}</source>
        <translation>{0}。限界に近すぎます。{1}</translation>
    </message>
    <message>
        <source>for a person to decide</source>
        <translation>人が判定します</translation>
    </message>
    <message>
        <source>{what}: {size} long, limit {limit}</source>
        <translation>{what}：長さ {size}、限界 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} wide, limit {limit}</source>
        <translation>{what}：幅 {size}、限界 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size}, limit {limit}</source>
        <translation>{what}：{size}、限界 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} together, limit {limit}</source>
        <translation>{what}：合計 {size}、限界 {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} from the next, limit {limit}</source>
        <translation>{what}：隣との距離 {size}、限界 {limit}</translation>
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
        <translation>検査プログラムをレシピ {0} で再起動します。</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>{0} に切り替え中…</translation>
    </message>
    <message>
        <source>Read {0} again: if its file has changed, the engine starts again with it. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>{0} を読み直します。ファイルが変わっていれば検査プログラムを再起動します。その間は新しいワークを受けません。受付済みのワークを先に終えます。</translation>
    </message>
    <message>
        <source>Change to {0}: the engine starts again. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>{0} に切り替えると検査プログラムを再起動します。その間は新しいワークを受けません。受付済みのワークを先に終えます。</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <source>The engine has not said yet.</source>
        <translation>検査プログラムからまだ情報がありません。</translation>
    </message>
    <message>
        <source>{0}, version {1}, number {2} for the PLC</source>
        <translation>{0}、バージョン {1}、PLC 番号 {2}</translation>
    </message>
    <message>
        <source>Change over</source>
        <translation>切り替える</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>やめる</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>検査プログラムがないため保存できません。</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>レビューするにはログインしてください。</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>この役割ではレビューできません。品質管理と管理者が行います。</translation>
    </message>
    <message>
        <source>No part to review.</source>
        <translation>レビューするワークがありません。</translation>
    </message>
    <message>
        <source>You have said it. Z takes it back, J goes on.</source>
        <translation>判断済みです。Z で戻し、J で次へ。</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>このワークを読み込めません。</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>ワークを読み込んでいます …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided. J goes on.</source>
        <translation>画像が足りず、このワークは判定できません。J で次へ。</translation>
    </message>
    <message>
        <source>A second opinion comes first</source>
        <translation>まず第二の意見を</translation>
    </message>
    <message>
        <source>Somebody&apos;s outlines may not be seen before you have said A, R, N or a class.</source>
        <translation>A、R、N か種類を示すまで、他の人の輪郭は見られません。</translation>
    </message>
    <message>
        <source>{0}: golden part, the answer is {1} · saved</source>
        <translation>{0}：確認用ワーク、答えは {1} · 保存しました</translation>
    </message>
    <message>
        <source>{0}: no golden part any more · saved</source>
        <translation>{0}：確認用から外しました · 保存しました</translation>
    </message>
    <message>
        <source>{0}: {1} · saved</source>
        <translation>{0}：{1} · 保存しました</translation>
    </message>
    <message>
        <source>Fetch back {0}</source>
        <translation>{0} を取り戻す</translation>
    </message>
    <message>
        <source>It is NG and has passed the gate already: have it taken off.</source>
        <translation>NG ですが、すでにゲートを通りました。取り除いてもらってください。</translation>
    </message>
    <message>
        <source>{0}: reviewers differ</source>
        <translation>{0}：意見が分かれています</translation>
    </message>
    <message>
        <source>Somebody who has not reviewed it decides.</source>
        <translation>まだレビューしていない人が決めます。</translation>
    </message>
    <message>
        <source>{0}: taken back · saved</source>
        <translation>{0}：取り消しました · 保存しました</translation>
    </message>
    <message>
        <source>Not lent to you</source>
        <translation>割り当てられていません</translation>
    </message>
    <message>
        <source>Somebody else has this part now, or it is not in the queue any more.</source>
        <translation>このワークは他の人が作業中か、待ち列にもうありません。</translation>
    </message>
    <message>
        <source>{0} was decided meanwhile</source>
        <translation>{0} はその間に判定されました</translation>
    </message>
    <message>
        <source>{0} says {1}. J goes on; to judge it anew, open it from the queue.</source>
        <translation>{0} は {1} としました。J で次へ。改めて判断するには待ち列から開きます。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>rework: {0}</source>
        <translation>やり直し：{0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} を承認</translation>
    </message>
    <message>
        <source>now {0}</source>
        <translation>{0} に変更</translation>
    </message>
    <message>
        <source>by QA</source>
        <translation>品質管理による</translation>
    </message>
    <message>
        <source>by an operator</source>
        <translation>作業者による</translation>
    </message>
    <message>
        <source>Here because: {0}</source>
        <translation>理由：{0}</translation>
    </message>
    <message>
        <source>Parts are being taken …</source>
        <translation>ワークを受け取っています …</translation>
    </message>
    <message>
        <source>No parts left in this view. F1 shows the queue and other views; K goes back.</source>
        <translation>この表示のワークは終わりました。F1 で待ち列と他の表示、K で戻ります。</translation>
    </message>
    <message>
        <source>No parts in this view, or others have them. F1 shows the queue.</source>
        <translation>この表示にワークがないか、他の人が作業中です。F1 で待ち列。</translation>
    </message>
    <message>
        <source>{0}, reviewing: {1}</source>
        <translation>{0}、レビュー：{1}</translation>
    </message>
    <message>
        <source>No golden part</source>
        <translation>確認用を外す</translation>
    </message>
    <message>
        <source>Golden part</source>
        <translation>確認用にする</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>保存しています …</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>not decidable</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>second opinion</source>
        <translation>第二意見</translation>
    </message>
    <message>
        <source>random sample</source>
        <translation>抜き取り</translation>
    </message>
    <message>
        <source>unlike before</source>
        <translation>従来と違う</translation>
    </message>
    <message>
        <source>label in doubt</source>
        <translation>ラベル要確認</translation>
    </message>
    <message>
        <source>known answer</source>
        <translation>答え既知</translation>
    </message>
    <message>
        <source>first look</source>
        <translation>一次レビュー</translation>
    </message>
    <message>
        <source>adjudication</source>
        <translation>裁定</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>種類が違う</translation>
    </message>
    <message>
        <source>too loose</source>
        <translation>ゆるすぎる</translation>
    </message>
    <message>
        <source>sloppy outline</source>
        <translation>雑な輪郭</translation>
    </message>
    <message>
        <source>defect missed</source>
        <translation>欠陥の見落とし</translation>
    </message>
    <message>
        <source>only part of it</source>
        <translation>一部だけ</translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>Needs rework</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>Inspection station · review</source>
        <translation>Inspection station · レビュー</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>検査プログラムと接続していません</translation>
    </message>
    <message>
        <source>{0}. Parts can be looked at, and nothing can be saved. It reconnects by itself.</source>
        <translation>{0}。ワークを見ることはできますが保存できません。自動で再接続します。</translation>
    </message>
    <message>
        <source>No line runs here</source>
        <translation>ここではラインは動いていません</translation>
    </message>
    <message>
        <source>The review keeps the records itself. When the engine starts it takes over; log in again then.</source>
        <translation>記録はレビュー側で保持します。検査プログラムが始まると引き継がれるので、ログインし直してください。</translation>
    </message>
    <message>
        <source>You may look, not review</source>
        <translation>見ることはできますが、レビューはできません</translation>
    </message>
    <message>
        <source>Parts are reviewed by QA and administrators. Ask an administrator for the role, or log in anew.</source>
        <translation>レビューは品質管理と管理者が行います。管理者に役割を頼むか、ログインし直してください。</translation>
    </message>
    <message>
        <source>{0} wait · {1} reviewed</source>
        <translation>待ち {0} · 済み {1}</translation>
    </message>
    <message>
        <source>the pages</source>
        <translation>各ページ</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>この一覧</translation>
    </message>
</context>
<context>
    <name>ReworkPanel</name>
    <message>
        <source>What is wrong with the labels?</source>
        <translation>ラベルの何が問題ですか？</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The engine no longer knows this login. Scan your badge again.</source>
        <translation>ログインが無効になりました。ID カードをもう一度読ませてください。</translation>
    </message>
    <message>
        <source>The engine started again. Scan your badge again.</source>
        <translation>検査プログラムが再起動しました。ID カードをもう一度読ませてください。</translation>
    </message>
    <message numerus="yes">
        <source>Logged out after %n minute(s) without a touch.</source>
        <translation>
            <numerusform>%n 分間操作がなかったため、ログアウトしました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>Trying version {0} of {1} before it is deployed …</source>
        <translation>適用前に {1} のバージョン {0} を試しています…</translation>
    </message>
    <message>
        <source>Trying the version of {0} that was deployed before …</source>
        <translation>以前の {0} を試しています…</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>できませんでした：{0}</translation>
    </message>
    <message>
        <source>Version {0} of {1} is deployed. A running line takes it up within seconds, between two parts.</source>
        <translation>{1} のバージョン {0} を適用しました。運転中のラインは数秒以内に、ワークの合間に切り替わります。</translation>
    </message>
    <message>
        <source>There is no model yet: learn the good part.</source>
        <translation>モデルがまだありません。良品を学習してください。</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>前のバージョンに戻す</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>バージョン {0}</translation>
    </message>
    <message>
        <source>{0}, {1} UTC, {2}</source>
        <translation>{0}、{1} UTC、{2}</translation>
    </message>
    <message>
        <source>deployed</source>
        <translation>適用中</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Models on the shelf</source>
        <translation>保管中のモデル</translation>
    </message>
    <message>
        <source>A version is loaded and has to answer before it is deployed; otherwise the present one stays.</source>
        <translation>読み込んで応答を確かめてから適用します。だめなら今のままです。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Inspection station</source>
        <translation>検査ステーション</translation>
    </message>
    <message>
        <source> · clock not set</source>
        <translation> · 時計未設定</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>検査プログラムに接続できません</translation>
    </message>
    <message>
        <source>{0}. What you see is the last it said, and nothing can be saved. It reconnects by itself; start `station run` if the line should be running.</source>
        <translation>{0}。表示は最後の状態で、保存はできません。自動で再接続します。ラインを動かすなら `station run` を起動してください。</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0}（ほか {1} 件）</translation>
    </message>
</context>
<context>
    <name>ShiftCounter</name>
    <message>
        <source>shift {0}: no parts yet</source>
        <translation>シフト {0}：まだなし</translation>
    </message>
    <message numerus="yes">
        <source>shift {0}: %Ln part(s) · yield {1} %</source>
        <translation>
            <numerusform>シフト {0}：%Ln 個 · 良品率 {1} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Shift</source>
        <translation>シフト</translation>
    </message>
    <message>
        <source>The clock of this machine is not set.</source>
        <translation>この端末の時計が合っていません。</translation>
    </message>
    <message>
        <source>Parts cannot be told by shift. Set the clock, or check the network&apos;s time server.</source>
        <translation>ワークをシフトに分けられません。時計を合わせるか、時刻サーバーを確認してください。</translation>
    </message>
    <message>
        <source>The figures of the shift cannot be read.</source>
        <translation>シフトの集計を読み込めません。</translation>
    </message>
    <message>
        <source>Shift {0}, {1} to {2}, {3}</source>
        <translation>シフト {0}、{1}～{2}、{3}</translation>
    </message>
    <message>
        <source>They said the opposite on {0} of {1} parts: {2} to {3} % of all such parts (95 % sure).</source>
        <translation>{1} 個中 {0} 個で判定が逆：この種のワークの {2}～{3} %（信頼度 95 %）。</translation>
    </message>
    <message>
        <source>Model and people</source>
        <translation>モデルと人</translation>
    </message>
    <message>
        <source>Every {0} minutes; dashed: as far as chance goes (3 sigma).</source>
        <translation>{0} 分ごと。破線：偶然の範囲（3σ）。</translation>
    </message>
    <message>
        <source>✕: more than chance, look for a cause.</source>
        <translation>✕：偶然ではない。原因を調べてください。</translation>
    </message>
    <message>
        <source>So few are rejected that the limits are rough.</source>
        <translation>件数が少なく、限界線は目安です。</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>排出したワーク</translation>
    </message>
    <message>
        <source>Shift before</source>
        <translation>前のシフト</translation>
    </message>
    <message>
        <source>Shift after</source>
        <translation>次のシフト</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>種類別の NG</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>右：上からの累積割合。</translation>
    </message>
    <message>
        <source>Parts an hour</source>
        <translation>1 時間あたりの数</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>last ten</source>
        <translation>直近 10 個</translation>
    </message>
</context>
<context>
    <name>TaktBar</name>
    <message>
        <source>waits for you: {0} s</source>
        <translation>判定待ち：{0} s</translation>
    </message>
    <message>
        <source>takt {0} s · no part yet</source>
        <translation>タクト {0} s · まだなし</translation>
    </message>
    <message>
        <source>last part {0} s ago · takt {1} s</source>
        <translation>前のワークから {0} s · タクト {1} s</translation>
    </message>
    <message>
        <source>takt {0} / {1} s</source>
        <translation>タクト {0} / {1} s</translation>
    </message>
</context>
<context>
    <name>TimePareto</name>
    <message>
        <source>No NG part in this time.</source>
        <translation>この期間に NG はありません。</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>As drawn</source>
        <translation>描いたまま</translation>
    </message>
    <message>
        <source>To edges</source>
        <translation>エッジへ</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>選択</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>投げ縄</translation>
    </message>
    <message>
        <source>Tap edges</source>
        <translation>エッジ点</translation>
    </message>
    <message>
        <source>Outline here</source>
        <translation>ここを囲む</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Turned box</source>
        <translation>斜め矩形</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多角形</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>ブラシ</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>消しゴム</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>線</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>画像全体</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>見本</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>part {0}</source>
        <translation>ワーク {0}</translation>
    </message>
    <message>
        <source>recipe {0} v{1}</source>
        <translation>レシピ {0} v{1}</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>ログイン</translation>
    </message>
</context>
<context>
    <name>TotalsCard</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>このシフトのワークはまだありません。</translation>
    </message>
    <message>
        <source>{0} OK of {1} parts. The line&apos;s own yield lies between {2} and {3} % (95 % sure).</source>
        <translation>{1} 個中 {0} 個 OK。ラインの良品率は {2}～{3} %（信頼度 95 %）。</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>良品率</translation>
    </message>
    <message>
        <source>parts an hour</source>
        <translation>個/時</translation>
    </message>
</context>
<context>
    <name>UnmeasuredBand</name>
    <message>
        <source>This screen has not been measured</source>
        <translation>この画面はまだ実寸合わせをしていません</translation>
    </message>
    <message>
        <source>Buttons may be too small for gloves, or too large. It takes a bank card and a minute.</source>
        <translation>ボタンが手袋には小さすぎる、または大きすぎることがあります。銀行カードで 1 分でできます。</translation>
    </message>
    <message>
        <source>Measure it</source>
        <translation>合わせる</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>後で</translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message>
        <source>You first</source>
        <translation>先に判定</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>The model&apos;s opinion is hidden for this part.</source>
        <translation>このワークではモデルの判定を隠しています。</translation>
    </message>
</context>
<context>
    <name>WishesCard</name>
    <message>
        <source>For {0}, at every screen</source>
        <translation>{0} 用、どの画面でも</translation>
    </message>
    <message>
        <source>For whoever is not logged in</source>
        <translation>ログインしていない人用</translation>
    </message>
    <message>
        <source>Log in to choose your own; hand and sound belong to a person.</source>
        <translation>自分用はログインして選びます。利き手と音は個人ごとです。</translation>
    </message>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>画面を再起動するまで有効です。保存できませんでした：{0}</translation>
    </message>
    <message>
        <source>In use here, but not kept: {0}</source>
        <translation>ここでは有効ですが、保存できません：{0}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>OK and NG are pressed with</source>
        <translation>OK・NG を押す手</translation>
    </message>
    <message>
        <source>Sound when a part needs you</source>
        <translation>判定が必要なときの音</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>昼</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>日光</translation>
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
        <translation>オフ</translation>
    </message>
    <message>
        <source>on</source>
        <translation>オン</translation>
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
        <translation>判定不能</translation>
    </message>
    <message>
        <source>by the model and the recipe</source>
        <translation>モデルとレシピによる</translation>
    </message>
    <message>
        <source>by {0}, QA</source>
        <translation>{0}（品質）による</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>{0} による</translation>
    </message>
    <message>
        <source>no engine</source>
        <translation>検査停止</translation>
    </message>
    <message>
        <source>no line</source>
        <translation>ラインなし</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>起動中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>running</source>
        <translation>運転中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>no camera</source>
        <translation>カメラなし</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>モデルなし</translation>
    </message>
    <message>
        <source>no storage</source>
        <translation>保存不可</translation>
    </message>
    <message>
        <source>PLC set offline</source>
        <translation>PLC がオフライン</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>保存先</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>時間切れ</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>処理超過</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>PLC</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>異常</translation>
    </message>
    <message>
        <source>Not allowed — nothing was saved</source>
        <translation>許可なし — 保存していません</translation>
    </message>
    <message>
        <source>Unknown part — nothing was saved</source>
        <translation>不明なワーク — 保存していません</translation>
    </message>
    <message>
        <source>Decided elsewhere — yours was not saved</source>
        <translation>ほかで判定済み — 保存していません</translation>
    </message>
    <message>
        <source>Storage failed — nothing was saved</source>
        <translation>保存に失敗 — 保存していません</translation>
    </message>
    <message>
        <source>Not done — nothing was saved</source>
        <translation>実行できず — 保存していません</translation>
    </message>
</context>
<context>
    <name>ZoneBoard</name>
    <message>
        <source>There is no picture of this view yet: let a part come past.</source>
        <translation>このビューの画像がまだありません。ワークを 1 個流してください。</translation>
    </message>
    <message>
        <source>View {0}: the newest good part, {1}, {2}</source>
        <translation>ビュー {0}：最新の良品、{1}、{2}</translation>
    </message>
    <message>
        <source>View {0}: the newest part, {1}, {2}; none was good lately</source>
        <translation>ビュー {0}：最新のワーク、{1}、{2}。最近は良品なし</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>選択</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多角形</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>投げ縄</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Draw a zone, or tap one to change it. Drag its corners to move them.</source>
        <translation>領域を描くか、タップして変更します。頂点はドラッグで動かせます。</translation>
    </message>
    <message>
        <source>Name of the zone (N to type it)</source>
        <translation>領域の名前（N で入力）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Ignore what lies in it as a whole</source>
        <translation>中に収まるものを無視</translation>
    </message>
    <message>
        <source>Save zones</source>
        <translation>領域を保存</translation>
    </message>
    <message>
        <source>Yes, drop them</source>
        <translation>破棄する</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>変更を破棄</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>今すぐ使う</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>What is not saved will be gone.</source>
        <translation>保存していない変更は失われます。</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>まだ保存していません。</translation>
    </message>
    <message>
        <source>The line goes on with the zones it has. To use the new ones, the engine starts again: the line takes no parts for some seconds, those in hand are finished first, and you log in again.</source>
        <translation>ラインは今の領域のまま動きます。新しい領域を使うには検査プログラムを再起動します。数秒間ワークを受けず、受付済みのワークを先に終え、ログインし直します。</translation>
    </message>
</context>
<context>
    <name>ZonesPanel</name>
    <message>
        <source>Zones need the station&apos;s configuration: start the screen with --config.</source>
        <translation>領域には装置の設定が必要です。--config を付けて画面を起動してください。</translation>
    </message>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>画像を読み込めません。{0}</translation>
    </message>
    <message>
        <source>That encloses nothing. Draw around an area.</source>
        <translation>何も囲んでいません。範囲を囲んでください。</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>Its lines would cross there; the corner stays where it was.</source>
        <translation>そこでは線が交差します。頂点は元の位置のままです。</translation>
    </message>
    <message>
        <source>A zone needs a name.</source>
        <translation>領域には名前が必要です。</translation>
    </message>
    <message>
        <source>Another zone of this view is called {0} already.</source>
        <translation>このビューには {0} という領域がもうあります。</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>できませんでした：{0}</translation>
    </message>
    <message>
        <source>Saved: recipe {0} is version {1} now.</source>
        <translation>保存しました：レシピ {0} はバージョン {1} になりました。</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>検査プログラムをレシピ {0} で再起動します。</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>{0} に切り替え中…</translation>
    </message>
    <message>
        <source>{0} (ignored)</source>
        <translation>{0}（無視）</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>Zones of {0}</source>
        <translation>{0} の領域</translation>
    </message>
</context>
</TS>
