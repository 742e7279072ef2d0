package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who has which address of a bridge: a file for each address that is given out, named after it, as the IPAM plugin {@code host-local} of CNI
 * keeps them. Making the file is what decides, so that programs that share an engine never give out the same. The file says who has
 * the address, and, once the address is in force, in which run of which of the engine's containers: one that somebody starts anew has another network.
 *
 * <p>Addresses go round, so that one that was given back rests as long as it can. Thread-safe.
 */
final class AddressLeases {
    private static final String IN_FORCE = "in ";

    private final Path folder;

    /** By holder; guarded by this. */
    private final Map<String, String> held = new HashMap<>();

    /** The run in which an address is in force; only what was read or written here. */
    private final Map<String, Run> inForce = new ConcurrentHashMap<>();

    /** Where the next free address is looked for; guarded by this. */
    private int next = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    /**
     * From a container's start to its end, as long as its network is there.
     *
     * @param container the engine's id of it
     * @param since when it was started, in the engine's words
     */
    record Run(String container, String since) {
        private String line() {
            return IN_FORCE + container + " " + since;
        }
    }

    private AddressLeases(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a folder, with what was written in it before.
     *
     * @param folder made with the first lease; whoever may write in it is trusted
     */
    static AddressLeases open(Path folder) throws IOException {
        AddressLeases leases = new AddressLeases(folder);
        leases.read();
        return leases;
    }

    private synchronized void read() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Lease lease = Lease.of(file);
                if (lease != null && !lease.holder().isEmpty()) {
                    held.put(lease.holder(), nameOf(file));
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was given out yet.
        }
    }

    /**
     * An address for this holder, in force nowhere yet: the one that it has already, or a free one.
     *
     * @return empty when all of the range are given out
     */
    synchronized Optional<String> lease(String holder, AddressRange range) throws IOException {
        String had = held.remove(holder);
        if (had != null) {
            inForce.remove(had);
            // Another program may have taken it for forgotten, and given it to somebody else.
            if (isHeldBy(had, holder)) {
                Files.writeString(file(had), holder + "\n");
                held.put(holder, had);
                return Optional.of(had);
            }
        }
        for (int tried = 0; tried < range.size(); tried++) {
            String address = range.at(next % range.size());
            next = (next + 1) % Integer.MAX_VALUE;
            if (take(address, holder)) {
                held.put(holder, address);
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private boolean take(String address, String holder) throws IOException {
        try {
            Files.writeString(file(address), holder + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            // The first one, or whoever removed the network took the folder along.
            OwnFiles.folder(folder);
            return false;
        }
    }

    /** Whether the address is given out to this holder. What cannot be read is not. */
    boolean isHeldBy(String address, String holder) {
        Lease lease = Lease.of(file(address));
        return lease != null && lease.holder().equals(holder);
    }

    /** Notes that a held address is in force in this run. */
    void enforced(String address, Run run) throws IOException {
        Files.writeString(file(address), run.line() + "\n", StandardOpenOption.APPEND);
        inForce.put(address, run);
    }

    /** Whether the address is in force in this run. What cannot be read is not. */
    boolean isEnforced(String address, Run run) {
        if (run.equals(inForce.get(address))) {
            return true;
        }
        Lease lease = Lease.of(file(address));
        if (lease == null || !lease.last().equals(run.line())) {
            return false;
        }
        inForce.put(address, run);
        return true;
    }

    /** Gives back an address that was in force in this container last. @return false when it was in another one, or in none */
    synchronized boolean release(String address, String container) throws IOException {
        Lease lease = Lease.of(file(address));
        if (lease == null || !lease.isOf(container)) {
            return false;
        }
        release(lease.holder());
        return true;
    }

    /** Gives the holder's address back; nothing when it has none. */
    synchronized void release(String holder) throws IOException {
        String address = held.remove(holder);
        if (address != null) {
            inForce.remove(address);
            if (isHeldBy(address, holder)) {
                Files.deleteIfExists(file(address));
            }
        }
    }

    /**
     * Gives back what those left behind that are gone.
     *
     * @param present holders that the engine has
     * @param before only leases written before it: younger ones may be of holders that are just being made
     */
    synchronized void sweep(Set<String> present, Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Lease lease = Lease.of(file);
                if (lease != null
                        && !present.contains(lease.holder())
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                    held.remove(lease.holder(), nameOf(file));
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing is given out.
        }
    }

    /** Removes the folder, if no address is given out. @return whether it is gone */
    synchronized boolean close() throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            return false;
        }
    }

    private Path file(String address) {
        return folder.resolve(address);
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * What a file says.
     *
     * @param last what happened to the address last; empty as long as it was in force nowhere
     */
    private record Lease(String holder, String last) {
        /** Null when there is none, or not to be read. */
        static @Nullable Lease of(Path file) {
            try {
                String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", -1);
                // The last line is whole only when another one, an empty one, follows.
                return new Lease(lines.length > 1 ? lines[0] : "", lines.length > 2 ? lines[lines.length - 2] : "");
            } catch (IOException e) {
                return null;
            }
        }

        boolean isOf(String container) {
            return last.startsWith(IN_FORCE + container + " ");
        }
    }
}
