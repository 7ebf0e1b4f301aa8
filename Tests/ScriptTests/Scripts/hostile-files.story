# Links, pipes, devices, odd names and shut folders are told by name, and nothing waits for them.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
end
$ ln -s /etc/hostname out.yaml
$ muster validate
exit 65
out> out.yaml:1:1: error[E111]: out.yaml: it is a symbolic link that leaves the project.
$ rm out.yaml
$ ln -s /etc out
$ muster validate
exit 65
out> out:1:1: error[E111]: out: it is a symbolic link that leaves the project.
$ rm out
$ ln -s loop.yaml loop.yaml
$ muster validate
exit 65
out> loop.yaml:1:1: error[E111]: loop.yaml: it cannot be read: its symbolic links go in a circle.
$ rm loop.yaml
$ ln -s nowhere.yaml gone.yaml
$ muster validate
exit 65
out> gone.yaml:1:1: error[E111]: gone.yaml: it cannot be read: it does not exist.
$ rm gone.yaml
# A link inside is the same file, and a folder that holds itself is read once.
$ ln -s access.yaml twice.yaml
$ mkdir inner
$ ln -s .. inner/up
$ muster validate
out> Valid: 2 files.
$ rm -r twice.yaml inner
$ sh -c 'mkfifo pipe.yaml'
$ muster validate
exit 65
out> pipe.yaml:1:1: error[E111]: pipe.yaml: it is a named pipe, not a file.
$ rm pipe.yaml
$ python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.yaml")'
$ muster validate
exit 65
out> socket.yaml:1:1: error[E111]: socket.yaml: it is a socket, not a file.
$ rm socket.yaml
$ ln -s /dev/zero zero.yaml
$ muster validate
exit 65
out> zero.yaml:1:1: error[E111]: zero.yaml: it is a symbolic link that leaves the project.
$ rm zero.yaml
# Names that would be commands to a terminal, or are no text at all.
$ python3 -c 'open("a\nb.yaml", "w").write("kind: Rle"); open("c\x1b[31m.yaml", "w").write("kind: Rle")'
$ muster validate
exit 65
out> a\u{a}b.yaml:1:7: error[E101]
out> c\u{1b}[31m.yaml:1:7: error[E101]
$ python3 -c 'import os; os.remove("a\nb.yaml"); os.remove("c\x1b[31m.yaml"); open(b"caf\xe9.yaml", "w")'
$ muster validate
exit 65
out> its name is not valid UTF-8. Rename it, or move it out of the project.
$ python3 -c 'import os; os.remove(b"caf\xe9.yaml")'
# What editors leave behind is no manifest.
$ touch access.yaml~ .access.yaml.swp #access.yaml# .#access.yaml
$ muster validate --verbose
out> Valid: 2 files.
err> ignored: access.yaml~
err> ignored: .access.yaml.swp
$ mkdir shut
$ chmod 000 shut
$ sh -c 'if [ "$(id -u)" = 0 ]; then chmod 755 . ..; exec setpriv --reuid 65534 --regid 65534 --clear-groups muster validate; else exec muster validate; fi'
exit 65
out> shut:1:1: error[E111]: shut: the folder cannot be read: permission denied.
$ chmod 700 shut
# Half a second for a hundred thousand files would be luck; that they are refused is not.
$ python3 -c 'import os; [os.mkdir(f"d{n}") for n in range(101)]; [os.close(os.open(f"d{n % 101}/{n}.yaml", os.O_CREAT)) for n in range(100001)]'
$ muster validate
exit 65
out> error[E116]
