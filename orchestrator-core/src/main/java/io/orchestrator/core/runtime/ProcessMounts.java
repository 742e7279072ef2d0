package io.orchestrator.core.runtime;

import io.orchestrator.core.env.OwnProgram;
import io.orchestrator.spi.runtime.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a process the mounts of its container, where the kernel lets us: in a mount namespace of its own, which for users other
 * than root lies in a user namespace, in which the process takes itself for root. Its root is the machine's own, but that every
 * folder in which a mount point is missing becomes a copy in memory, so that nothing is made on the machine. Immutable.
 *
 * @param enter the words that begin such namespaces with the machine's own programs
 * @param join the words that join them, before the process id
 * @param holder what begins them at less cost, where this machine runs it
 * @param canBeNamed whether a container can have a name of its own for the machine
 * @param canBeReadOnly whether a container's root can be
 */
record ProcessMounts(
        List<String> enter,
        List<String> join,
        Optional<ContainerHolder> holder,
        boolean canBeNamed,
        boolean canBeReadOnly) {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMounts.class);
    private static final List<String> PROGRAMS =
            List.of("/usr/bin/unshare", "/usr/bin/nsenter", "/usr/bin/mount", "/usr/sbin/chroot");

    /**
     * Goes to the container's root and opens the working directory of those who name none: its user need not be able to go there
     * through the folders above.
     */
    private static final String AT_ROOT = """
        own=$dir/root$(cd -P "$dir" && pwd -P)/work
        cd "$dir/root"
        [ ! -d "$own" ] || exec 7< "$own"
        """;

    /**
     * Gets the holder where all but what is mounted is to be read-only, then source, mount point and {@code ro} or {@code rw} of each
     * mount. Leaves the container's root in its folder, for the
     * command to change to, and notes that others may join.
     *
     * <p>Other containers may exchange the folders of a volume meanwhile, for links that lead to the machine's. So what is made
     * there is made by its name alone, in a folder that was entered and turned out to be the one that is meant; and what is
     * mounted there is made ready elsewhere, and moved onto what is held.
     */
    private static final String VOLUMES = """
        (
        PATH=/usr/sbin:/usr/bin:/sbin:/bin
        set -e
        fail() { echo "the volumes of the container cannot be mounted: $1"; exit 128; }
        root=$dir/root holder=$1
        shift
        mirrored=: volumes=:
        # others come and go while their folder is copied: what has gone meanwhile is missed by nobody
        unless_gone() {
          "$@" 2> "$dir/said" || [ ! -e "$each" -a ! -h "$each" ] || cat "$dir/said"
        }
        # holds the folder itself, whatever its name leads to from then on
        enter() {
          cd -P "$1" && [ "$PWD" = "$1" ] || fail "$path leads through a symbolic link of a volume"
        }
        mirror() (
          from=$dir/aside to=$2
          mount -c --rbind "$1" "$from"
          # a user namespace may not know the owner, and then nobody but ours runs in it
          mode=$(stat -c mode=%a "$from") owner=$(stat -c uid=%u,gid=%g "$from")
          mount -t tmpfs -o "$mode,$owner" orchestrator "$to" 2>/dev/null || mount -t tmpfs -o "$mode" orchestrator "$to"
          : > "$dir/table"
          # what is a mount point there already would be taken for done by "mount -a"
          taken=" $(cut -d' ' -f5 /proc/self/mountinfo | tr '\\n' ' ')"
          set --
          for each in "$from"/* "$from"/.[!.]* "$from"/..?*; do
            name=${each##*/}
            if [ -h "$each" ]; then unless_gone cp -P -- "$each" "$to/$name"; continue; fi
            if [ -d "$each" ]; then set -- "$@" "$to/$name"; how=rbind
            elif [ -e "$each" ]; then : > "$to/$name"; how=bind
            else continue; fi
            alone=
            case $taken in *" $to/$name "*) alone=yes;; esac
            case $alone$each in
              yes*|*[[:space:]\\\\#]*)
                mkdir -p "$to/$name" 2>/dev/null || :
                unless_gone mount --$how "$each" "$to/$name"
                ;;
              *) echo "$each $to/$name none $how 0 0" >> "$dir/table";;
            esac
          done
          [ $# = 0 ] || mkdir -p -- "$@"
          while ! mount -a -T "$dir/table" 2> "$dir/said"; do
            gone=
            while read -r each at rest; do
              if [ -e "$each" ]; then echo "$each $at $rest"; continue; fi
              gone=$at
              umount -l "$at" 2>/dev/null || :
              rmdir "$at" 2>/dev/null || rm -f "$at" 2>/dev/null || :
            done < "$dir/table" > "$dir/left"
            mv "$dir/left" "$dir/table"
            [ -n "$gone" ] || { cat "$dir/said"; break; }
          done
          rm -f "$dir/table" "$dir/said"
          umount -l "$from" || :
        )
        point() {
          if [ -n "$rest" ] || [ -d "$source" ]; then mkdir "./$name"
          elif [ -z "$volume" ]; then true > "./$name"
          else dd if=/dev/null of="./$name" conv=excl status=none # follows no link
          fi
        }
        mkdir -p "$root" "$dir/aside" "$dir/copy"
        cd -P "$root"
        root=$PWD
        mount --rbind / "$root" || fail "no copy of the root"
        # before there is a volume, so that nothing is let be written by a path whose folders others may exchange
        if [ -n "$holder" ]; then
          own="$root$(cd -P "$dir" && pwd -P)/work"
          "$holder" orchestrator-container - -x -r "$root" -o "$own" -w "$own" -o "$root/proc" -W "$root/proc" -o "$root/dev" \
            -W "$root/dev" -W "$root/dev/shm" -- /bin/true true || fail "with a read-only root"
        fi
        while [ "$1" != -- ]; do
          source=$1 path=$(readlink -m -- "$2") mode=$3; shift 3
          # a path of the host that is not there is made, as engines make it
          [ -e "$source" ] || mkdir -p -- "$source" || fail "$source"
          at= rest=${path#/} volume= file=
          enter "$root"
          while [ -n "$rest" ]; do
            name=${rest%%/*}
            case $rest in */*) rest=${rest#*/};; *) rest=;; esac
            # the machine's are resolved; one of a volume would lead out of the container's root
            [ ! -h "./$name" ] || fail "$path leads through a symbolic link of a volume"
            if [ ! -e "./$name" ]; then
              # in a volume it is made in there: over a copy nothing of what is written beside would be the volume's
              if [ -z "$volume" ] || ! point 2>/dev/null; then
                case $mirrored in
                  *":$at:"*) ;;
                  *)
                    if [ -z "$volume" ]; then
                      mirror "$root$at" "$root$at" || fail "$path"
                    else
                      mirror . "$dir/copy" && mount -c --move "$dir/copy" . || fail "$path"
                    fi
                    enter "$root$at"
                    mirrored="$mirrored$at:"
                    [ -z "$holder" ] || [ "$at" = /dev ] || echo "$root$at" >> "$dir/copies"
                    ;;
                esac
                point
                mirrored="$mirrored$at/$name:"
              fi
            fi
            at=$at/$name
            case $volumes in *":$at:"*) volume=yes;; esac
            if [ -n "$rest" ] || [ -d "./$name" ]; then enter "$root$at"; else file=./$name; fi
          done
          place=$root$at
          if [ -n "$volume" ]; then
            place=$dir/aside
            [ -d "$source" ] || { place=$dir/single; : > "$place"; }
          fi
          # with all that is mounted within
          mount --rbind "$source" "$place" || fail "$path"
          volumes="$volumes$at:"
          if [ "$mode" = ro ]; then
            mount -o remount,bind,ro "$place" || mount -o remount,bind,ro,nosuid,nodev "$place" || fail "$path read-only"
          fi
          if [ -n "$volume" ]; then
            held=.
            if [ -n "$file" ]; then
              held=/proc/self/fd/8
              [ -f "$file" ] && exec 8< "$file" && [ "$(readlink $held)" = "$root$at" ] || fail "$path is no file of its volume"
            fi
            mount -c --move "$place" $held || fail "$path"
            exec 8<&-
            [ ! -e "$source" ] || [ "$root$at" -ef "$source" ] || fail "$path was exchanged"
          fi
        done
        # now that all places for mounts are made in them; who exchanges a folder has something else be read-only
        if [ -f "$dir/copies" ]; then
          while read -r each; do
            mount -o remount,bind,ro "$each" || echo "the copy of $each in memory can be written"
          done < "$dir/copies"
          rm "$dir/copies"
        fi
        ) 3>&- 4>&- 5<&- 9>&-
        [ $? = 0 ] || refuse "the container is not begun without its volumes"
        while [ "$1" != -- ]; do shift; done
        shift
        echo $$ > "$dir/inside"
        """ + AT_ROOT + ContainerShell.READY + "\n";

    /**
     * Gets a table of mounts, if they are not there already, then source and target of each again: what is mounted there already,
     * from elsewhere, may be taken for done.
     */
    private static final String FILES = """
        [ ! -f "$1" ] || /usr/bin/mount -a -T "$1" 3>&- 4>&- 5<&- 9>&-
        shift
        while [ "$1" != -- ]; do
          [ "$1" -ef "$2" ] || /usr/bin/mount --bind "$1" "$2" 3>&- 4>&- 5<&- 9>&- || refuse "$2 of the pod cannot be mounted"
          shift 2
        done
        shift
        echo $$ > "$dir/inside"
        """ + ContainerShell.READY + "\n";

    /** What this machine allows; empty, with a word to the log, where it allows nothing of it. */
    static Optional<ProcessMounts> ofThisMachine(Optional<ContainerHolder> holder) {
        if (!PROGRAMS.stream().allMatch(program -> Files.isExecutable(Path.of(program)))) {
            LOG.info("processes get no volumes: this machine lacks one of {}", PROGRAMS);
            return Optional.empty();
        }
        List<String> join = List.of("/usr/bin/nsenter", "--mount", "--root", "--target");
        List<String> asRoot = List.of("/usr/bin/unshare", "--mount", "--propagation", "private", "--");
        if (canMount(asRoot)) {
            return Optional.of(of(asRoot, join, holder));
        }
        List<String> asUser =
                List.of("/usr/bin/unshare", "--user", "--map-root-user", "--mount", "--propagation", "private", "--");
        if (canMount(asUser)) {
            return Optional.of(of(
                    asUser,
                    List.of("/usr/bin/nsenter", "--user", "--preserve-credentials", "--mount", "--root", "--target"),
                    holder));
        }
        LOG.info("processes get no volumes: the kernel does not let this user have a mount namespace");
        return Optional.empty();
    }

    /** With a holder each container has a name of its own for the machine as well. */
    private static ProcessMounts of(List<String> enter, List<String> join, Optional<ContainerHolder> holder) {
        if (holder.isEmpty()) {
            return new ProcessMounts(enter, join, holder, false, false);
        }
        ProcessMounts wanted = new ProcessMounts(enter, join, holder, true, true);
        boolean named = wanted.succeeds(wanted.namespaces("localhost"));
        Path own = holder.get().folder();
        boolean readOnly = wanted.succeeds(wanted.showing(List.of(), "", true, own, own));
        return new ProcessMounts(enter, join, holder, named, readOnly);
    }

    private boolean succeeds(List<String> options) {
        List<String> words = holder.orElseThrow().becoming(options, "/bin/true");
        words.add("true");
        return OwnProgram.succeeds(words);
    }

    /** Whether they lie in a user namespace, which knows no user but ours. */
    boolean inUserNamespace() {
        return enter.contains("--user");
    }

    private static boolean canMount(List<String> enter) {
        List<String> words = new ArrayList<>(enter);
        words.addAll(List.of("/bin/sh", "-c", "mount -t tmpfs probe /mnt || mount -t tmpfs probe /tmp"));
        return OwnProgram.succeeds(words);
    }

    /** The words that begin a session with such namespaces, before those of a shell. */
    private List<String> session(String hostname) {
        if (holder.isPresent()) {
            return holder.get().becoming(namespaces(hostname), "/bin/sh");
        }
        List<String> words = new ArrayList<>(Programs.ownSession());
        words.addAll(enter);
        return words;
    }

    /** The same as options of a holder. */
    private List<String> namespaces(String hostname) {
        List<String> options = new ArrayList<>();
        if (inUserNamespace()) {
            options.addAll(List.of("-u", "0 " + MachineUser.own() + " 1", "0 " + MachineUser.ownGroup() + " 1"));
        }
        options.add("-n");
        if (canBeNamed && !hostname.isEmpty()) {
            options.addAll(List.of("-h", hostname));
        }
        return options;
    }

    /**
     * Options of a holder whose container is shown its pod's files over those of the machine, and all else as it is.
     *
     * @param own the container's folder, which is written where all else is read-only
     */
    List<String> showing(
            List<ContainerSpec.Mount> files, String hostname, boolean readOnly, Path own, Path workingDirectory) {
        List<String> options = new ArrayList<>(namespaces(hostname));
        files.forEach(file -> options.addAll(List.of("-b", file.hostPath(), file.containerPath())));
        if (readOnly) {
            options.addAll(List.of("-r", "/"));
            options.addAll(List.of("-o", own.toString(), "-w", own.toString()));
            for (String written : List.of("/proc", "/dev")) {
                options.addAll(List.of("-o", written, "-W", written));
            }
            options.addAll(List.of("-W", "/dev/shm"));
            options.addAll(List.of("-c", workingDirectory.toString()));
        }
        return options;
    }

    /**
     * A container's command with its mounts.
     *
     * @param workingDirectory empty for the container's own
     */
    MountedCommand around(
            List<ContainerSpec.Mount> mounts,
            String workingDirectory,
            UserCommand command,
            String hostname,
            boolean readOnly) {
        List<String> arguments = new ArrayList<>();
        arguments.add(readOnly ? holder.orElseThrow().program().toString() : "");
        for (ContainerSpec.Mount mount : mounts) {
            arguments.addAll(List.of(mount.hostPath(), mount.containerPath(), mount.readOnly() ? "ro" : "rw"));
        }
        return new MountedCommand(session(hostname), VOLUMES, arguments, command.rootedWords(workingDirectory));
    }

    /**
     * A container's command with its pod's files over those of the machine, and all else as it is.
     *
     * @param own the container's folder, which is written where all else is read-only
     */
    MountedCommand over(
            List<ContainerSpec.Mount> files,
            UserCommand command,
            String hostname,
            boolean readOnly,
            Path own,
            Path workingDirectory)
            throws IOException {
        if (holder.isPresent()) {
            List<String> enters =
                    holder.get().becoming(showing(files, hostname, readOnly, own, workingDirectory), "/bin/sh");
            return new MountedCommand(enters, FILES, List.of(""), command.words());
        }
        List<String> arguments = new ArrayList<>(List.of(PodFiles.table(files).toString()));
        files.forEach(file -> arguments.addAll(List.of(file.hostPath(), file.containerPath())));
        return new MountedCommand(session(hostname), FILES, arguments, command.words());
    }

    /**
     * The words that run a command beside a container's own, with its volumes.
     *
     * @param leader the shell of the container, which is in its namespaces and keeps the machine's root
     * @param directory that of the container, which is our own
     * @param workingDirectory empty for the container's own
     */
    List<String> beside(long leader, Path directory, String workingDirectory, UserCommand command) {
        return joined(leader, "dir=$1\n" + AT_ROOT, directory.toString(), command.rootedWords(workingDirectory));
    }

    /** The same where it has no volumes, but its pod's files over those of the machine. */
    List<String> beside(long leader, String workingDirectory, UserCommand command) {
        return joined(leader, "cd \"$1\" || exit\n", workingDirectory, command.words());
    }

    /** Those that were begun without a holder have none, and may not be given one as a user. */
    private static boolean hasItsOwnName(long leader) {
        try {
            Path machines = Files.readSymbolicLink(Path.of("/proc/self/ns/uts"));
            return !machines.equals(Files.readSymbolicLink(Path.of("/proc/" + leader + "/ns/uts")));
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }

    private List<String> joined(long leader, String script, String argument, List<String> command) {
        List<String> words = new ArrayList<>(join);
        if (canBeNamed && hasItsOwnName(leader)) {
            words.add(1, "--uts");
        }
        words.addAll(List.of(String.valueOf(leader), "--", "/bin/sh", "-c"));
        words.addAll(List.of("umask 022\n" + script + "shift\nexec \"$@\"", "sh", argument));
        words.addAll(command);
        return words;
    }
}
