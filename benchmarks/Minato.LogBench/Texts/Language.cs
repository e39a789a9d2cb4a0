namespace Minato.LogBench.Texts;

/// <summary>What people write in, and how much at once: lengths are log-normal, in characters.</summary>
internal sealed record Language(string Name, double MedianLength, double Sigma, string Separator, string[] Words)
{
    /// <summary>A median of 8 words and a mean of 12: many answers of a word, few paragraphs.</summary>
    internal static readonly Language English = new("English", MedianLength: 42, Sigma: 0.95, Separator: " ",
    [
        "the", "meeting", "is", "at", "three", "tomorrow", "thanks", "please", "check", "deploy", "failed", "again", "on", "staging", "I", "will",
        "look", "into", "it", "after", "lunch", "sounds", "good", "who", "has", "key", "of", "room", "review", "this", "when", "you", "have",
        "a", "minute", "ok", "and", "we", "should", "write", "down", "what", "was", "decided", "customers", "asked", "for", "export", "yes",
    ]);

    /// <summary>A median of 18 characters, 54 bytes: Japanese says in one what English says in two or three.</summary>
    internal static readonly Language Japanese = new("Japanese", MedianLength: 18, Sigma: 0.9, Separator: "",
    [
        "了解です", "ありがとう", "ございます", "明日の", "会議は", "三時から", "お願いします", "確認", "しました", "デプロイが", "また", "失敗", "している", "ので",
        "昼休みの", "あとで", "見ておきます", "資料を", "共有", "してください", "いいですね", "部屋の", "鍵は", "誰が", "持っていますか", "レビュー", "お疲れさまです",
        "今から", "向かいます", "はい", "大丈夫", "です", "たぶん", "来週", "までに", "終わります", "議事録は", "こちら", "、", "。", "。",
    ]);
}
