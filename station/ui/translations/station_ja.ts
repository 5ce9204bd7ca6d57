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
