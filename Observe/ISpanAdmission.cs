namespace WasmAspire.Observe;

/// <summary>
/// Places for the spans of one session, where what carries them on cannot take any number. Called on the guest's thread,
/// before a span is made; a span that gets no place is folded. Where a session has none, every span has a place.
/// </summary>
public interface ISpanAdmission
{
    /// <summary>Asks for places for a span and its ancestors that are not made yet: all of them or none.</summary>
    /// <param name="spans">How many; 1 to 64.</param>
    /// <param name="reserved">Whether places held back may be used: for an outermost span, and for those closed by an error.</param>
    bool TryTake(int spans, bool reserved);

    /// <summary>Gives places back that no span was made for.</summary>
    void GiveBack(int spans);
}
