package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a process the mounts of its container, where the kernel lets us: in a mount namespace of its own, which for users other
 * than root lies in a user namespace, in which the process takes itself for root. Its root is the machine's own, but that every
 * folder in which a mount point is missing becomes a copy in memory, so that nothing is made on the machine. Immutable.
 *
 * @param enter the words that begin such namespaces
 * @param join the words that join them, before the process id
 */
record ProcessMounts(List<String> enter, List<String> join) {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMounts.class);
    private static final long PROBE_SECONDS = 10;
    private static final List<String> PROGRAMS =
            List.of("/usr/bin/unshare", "/usr/bin/nsenter", "/usr/bin/mount", "/usr/sbin/chroot");

    /**
     * Gets the container's folder, then source, mount point and {@code ro} or {@code rw} of each mount, {@code --}, the working
     * directory and the command. Ends as the command itself, after it has noted its process id for those who join it.
     */
    private static final String SCRIPT = """
        PATH_BEFORE=$PATH; PATH=/usr/sbin:/usr/bin:/sbin:/bin
        set -e
        fail() { echo "the volumes of the container cannot be mounted: $1" >&2; exit 128; }
        dir=$1; shift
        root=$dir/root
        mirrored=:
        mirror() (
          from=$dir/aside to=$1
          mount --rbind "$to" "$from"
          mount -t tmpfs -o mode=0755 orchestrator "$to"
          : > "$dir/table"
          # what is a mount point there already would be taken for done by "mount -a"
          taken=" $(cut -d' ' -f5 /proc/self/mountinfo | tr '\\n' ' ')"
          set --
          for each in "$from"/* "$from"/.[!.]* "$from"/..?*; do
            name=${each##*/}
            if [ -h "$each" ]; then cp -P -- "$each" "$to/$name"; continue; fi
            if [ -d "$each" ]; then set -- "$@" "$to/$name"; how=rbind
            elif [ -e "$each" ]; then : > "$to/$name"; how=bind
            else continue; fi
            alone=
            case $taken in *" $to/$name "*) alone=yes;; esac
            case $alone$each in
              yes*|*[[:space:]\\\\#]*) mkdir -p "$to/$name" 2>/dev/null || :; mount --$how "$each" "$to/$name";;
              *) echo "$each $to/$name none $how 0 0" >> "$dir/table";;
            esac
          done
          [ $# = 0 ] || mkdir -p -- "$@"
          mount -a -T "$dir/table"
          rm -f "$dir/table"
          umount -l "$from" || :
        )
        mkdir -p "$root" "$dir/aside"
        mount --rbind / "$root" || fail "no copy of the root"
        while [ "$1" != -- ]; do
          source=$1 path=$(readlink -m -- "$2") mode=$3; shift 3
          at= rest=${path#/}
          while [ -n "$rest" ]; do
            name=${rest%%/*}
            case $rest in */*) rest=${rest#*/};; *) rest=;; esac
            if [ ! -e "$root$at/$name" ]; then
              case $mirrored in
                *":$at:"*) ;;
                *)
                  mirror "$root$at" || fail "$path"
                  mirrored="$mirrored$at:"
                  ;;
              esac
              if [ -n "$rest" ] || [ -d "$source" ]; then mkdir "$root$at/$name"; else : > "$root$at/$name"; fi
              mirrored="$mirrored$at/$name:"
            fi
            at=$at/$name
          done
          mount --bind "$source" "$root$at" || fail "$path"
          if [ "$mode" = ro ]; then
            mount -o remount,bind,ro "$root$at" || mount -o remount,bind,ro,nosuid,nodev "$root$at" || fail "$path read-only"
          fi
        done
        shift
        echo $$ > "$dir/inside"
        PATH=$PATH_BEFORE
        exec /usr/sbin/chroot "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$@"
        """;

    /** Gets the container's folder, then source and target of each file, {@code --} and the command, and becomes the command. */
    private static final String FILES_SCRIPT = """
        dir=$1; shift
        while [ "$1" != -- ]; do
          /usr/bin/mount --bind "$1" "$2" || { echo "$2 of the pod cannot be mounted" >&2; exit 128; }
          shift 2
        done
        shift
        echo $$ > "$dir/inside"
        exec "$@"
        """;

    /** What this machine allows; empty, with a word to the log, where it allows nothing of it. */
    static Optional<ProcessMounts> ofThisMachine() {
        if (!PROGRAMS.stream().allMatch(program -> Files.isExecutable(Path.of(program)))) {
            LOG.info("processes get no volumes: this machine lacks one of {}", PROGRAMS);
            return Optional.empty();
        }
        List<String> join = List.of("/usr/bin/nsenter", "--mount", "--root", "--target");
        List<String> asRoot = List.of("/usr/bin/unshare", "--mount", "--propagation", "private", "--");
        if (succeeds(asRoot)) {
            return Optional.of(new ProcessMounts(asRoot, join));
        }
        List<String> asUser =
                List.of("/usr/bin/unshare", "--user", "--map-root-user", "--mount", "--propagation", "private", "--");
        if (succeeds(asUser)) {
            return Optional.of(new ProcessMounts(
                    asUser,
                    List.of("/usr/bin/nsenter", "--user", "--preserve-credentials", "--mount", "--root", "--target")));
        }
        LOG.info("processes get no volumes: the kernel does not let this user have a mount namespace");
        return Optional.empty();
    }

    private static boolean succeeds(List<String> enter) {
        List<String> words = new ArrayList<>(enter);
        words.addAll(List.of("/bin/sh", "-c", "mount -t tmpfs probe /mnt || mount -t tmpfs probe /tmp"));
        try {
            Process probe = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                return probe.exitValue() == 0;
            }
            probe.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The words that run a container's command with its mounts. @param directory that of the container, which is our own */
    List<String> around(
            Path directory, List<ContainerSpec.Mount> mounts, String workingDirectory, List<String> command) {
        List<String> words = new ArrayList<>(enter);
        words.addAll(List.of("/bin/sh", "-c", SCRIPT, "orchestrator-mounts", directory.toString()));
        for (ContainerSpec.Mount mount : mounts) {
            words.addAll(List.of(mount.hostPath(), mount.containerPath(), mount.readOnly() ? "ro" : "rw"));
        }
        words.add("--");
        words.add(workingDirectory);
        words.addAll(command);
        return words;
    }

    /** The words that run a container's command with files over those of the machine, and all else as it is. */
    List<String> over(Path directory, List<ContainerSpec.Mount> files, List<String> command) {
        List<String> words = new ArrayList<>(enter);
        words.addAll(List.of("/bin/sh", "-c", FILES_SCRIPT, "orchestrator-files", directory.toString()));
        files.forEach(file -> words.addAll(List.of(file.hostPath(), file.containerPath())));
        words.add("--");
        words.addAll(command);
        return words;
    }

    /** The words that run a command beside a container's own. @param inside a process of the container */
    List<String> beside(long inside, String workingDirectory, List<String> command) {
        List<String> words = new ArrayList<>(join);
        words.addAll(List.of(
                String.valueOf(inside),
                "--",
                "/bin/sh",
                "-c",
                "cd \"$1\" && shift && exec \"$@\"",
                "sh",
                workingDirectory));
        words.addAll(command);
        return words;
    }
}
