namespace WasmAspire.Wasi;

/// <summary>Is told of each WASI call of a guest.</summary>
public interface IWasiObserver
{
    /// <summary>
    /// A call has ended, by a return or by an exception; of <c>proc_exit</c>, before the guest is unwound. It comes on the
    /// guest's own thread and must not throw: an exception takes the place of the call's own end.
    /// </summary>
    /// <param name="ended">The call; valid until the method returns.</param>
    void Called(in WasiCall ended);
}
