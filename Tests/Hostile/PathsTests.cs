using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>
/// Guests that try to leave their tree. Each attempt is answered as Wasmtime's own WASI answers it over a folder (the texts
/// come from there), but for /data, which is read-only here; nothing that leads out succeeds.
/// </summary>
[Collection(RunsAlone.Name)]
public sealed class PathsTests(HostileNode node) : IClassFixture<HostileNode>
{
    private const string Paths = """
        open ..: perm
        stat ..: perm
        open ../: perm
        stat ../: perm
        open ../..: perm
        stat ../..: perm
        open ../../../../../../../../etc/passwd: perm
        stat ../../../../../../../../etc/passwd: perm
        open /: perm
        stat /: perm
        open /etc/passwd: perm
        stat /etc/passwd: perm
        open //etc/passwd: perm
        stat //etc/passwd: perm
        open /data/file.txt: perm
        stat /data/file.txt: perm
        open ./../etc/passwd: perm
        stat ./../etc/passwd: perm
        open data/../../etc/passwd: perm
        stat data/../../etc/passwd: perm
        open data/..//../etc/passwd: perm
        stat data/..//../etc/passwd: perm
        open data/./.././../etc/passwd: perm
        stat data/./.././../etc/passwd: perm
        open tmp/../../tmp: perm
        stat tmp/../../tmp: perm
        open data/file.txt/../../../etc/passwd: notdir
        stat data/file.txt/../../../etc/passwd: notdir
        open etc/passwd: noent
        stat etc/passwd: noent
        open proc/self/environ: noent
        stat proc/self/environ: noent
        open proc/self/fd/0: noent
        stat proc/self/fd/0: noent
        open dev/null: noent
        stat dev/null: noent
        open ..\..\etc\passwd: noent
        stat ..\..\etc\passwd: noent
        open C:\Windows\win.ini: noent
        stat C:\Windows\win.ini: noent
        open \\?\C:\Windows: noent
        stat \\?\C:\Windows: noent
        open %2e%2e/etc/passwd: noent
        stat %2e%2e/etc/passwd: noent
        open ~/.ssh/id_rsa: noent
        stat ~/.ssh/id_rsa: noent
        open file:///etc/passwd: noent
        stat file:///etc/passwd: noent
        open (empty): noent
        stat (empty): noent
        create tmp/file: success
        create ../new: perm
        mkdir ../new: perm
        rmdir ../new: perm
        unlink ../new: perm
        symlink at ../new: perm
        readlink ../new: perm
        link to ../new: perm
        link from ../new: perm
        rename to ../new: perm
        rename from ../new: perm
        set times of ../new: perm
        create /new: perm
        mkdir /new: perm
        rmdir /new: perm
        unlink /new: perm
        symlink at /new: perm
        readlink /new: perm
        link to /new: perm
        link from /new: perm
        rename to /new: perm
        rename from /new: perm
        set times of /new: perm
        create tmp/../../new: perm
        mkdir tmp/../../new: perm
        rmdir tmp/../../new: perm
        unlink tmp/../../new: perm
        symlink at tmp/../../new: perm
        readlink tmp/../../new: perm
        link to tmp/../../new: perm
        link from tmp/../../new: perm
        rename to tmp/../../new: perm
        rename from tmp/../../new: perm
        set times of tmp/../../new: perm
        create tmp/./../.././new: perm
        mkdir tmp/./../.././new: perm
        rmdir tmp/./../.././new: perm
        unlink tmp/./../.././new: perm
        symlink at tmp/./../.././new: perm
        readlink tmp/./../.././new: perm
        link to tmp/./../.././new: perm
        link from tmp/./../.././new: perm
        rename to tmp/./../.././new: perm
        rename from tmp/./../.././new: perm
        set times of tmp/./../.././new: perm
        open data as a directory: success
        from data, open file.txt: success
        from data, open ..: perm
        from data, open ../data/file.txt: perm
        from data, open /data/file.txt: perm
        from 0, open data: badf
        from -1, open data: badf
        from 99, open data: badf
        open a NUL: inval
        open data, NUL, /../..: inval
        open data/file.txt, NUL: inval
        open a byte that is no UTF-8: ilseq
        open an overlong ../: ilseq
        open a name of 256 bytes: nametoolong
        open a name of 65,536 bytes: nametoolong
        open 32,768 times ./: nametoolong
        open 1,000 times ../: perm

        """;

    private const string Links = """
        tmp/absolute to /etc: perm
        open tmp/absolute/passwd: noent
        tmp/root to /: perm
        open tmp/root/data/file.txt: noent
        tmp/up to ../..: success
        open tmp/up: perm
        open tmp/up/etc/passwd: perm
        create tmp/up/new: perm
        mkdir tmp/up/new: perm
        unlink tmp/up/etc/passwd: perm
        stat tmp/up, followed: perm
        stat tmp/up, not followed: success
        rename tmp/up/etc to tmp/etc: perm
        link tmp/up/etc/passwd to tmp/passwd: perm
        set times of tmp/up, followed: perm
        tmp/deep to ../../../../../../etc/passwd: success
        open tmp/deep: perm
        tmp/new to ../../new: success
        create tmp/new through the link: perm
        tmp/zigzag to ../data/../../etc/passwd: success
        open tmp/zigzag: perm
        tmp/top to ..: success
        open tmp/top/data/file.txt: success
        open tmp/top/tmp/top/tmp/top/data/file.txt: success
        open tmp/top/..: perm
        create tmp/top/new: perm
        open tmp as a directory: success
        from tmp, open top/data/file.txt: perm
        tmp/self to self: success
        open tmp/self: loop
        tmp/ping to pong: success
        tmp/pong to ping: success
        open tmp/ping: loop
        open tmp/ping/file: loop
        a chain of 99 links: success
        create at its end: success
        open it by 10 links: success
        open it by 99 links: loop
        30 links, each of the one before twice: success
        open the last: loop
        an empty target: noent
        data/link, where nothing may be written: perm
        ../link: perm

        """;

    [RequiresToolFact("redis-server")]
    public Task NoPathLeadsOut() => node.AttackAsync("path_escapes", run => run.AssertCompleted(Paths));

    [RequiresToolFact("redis-server")]
    public Task NoSymbolicLinkLeadsOut() => node.AttackAsync("symlink_escapes", run => run.AssertCompleted(Links));
}
