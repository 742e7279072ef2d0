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
 * the address, and, once the address was in force, in which of the engine's containers, and whether that has ended.
 *
 * <p>Addresses go round, so that one that was given back rests as long as it can. Thread-safe.
 */
final class AddressLeases {
    private static final String IN_FORCE = "in ";
    private static final String ENDED = "out ";

    private final Path folder;

    /** By holder; guarded by this. */
    private final Map<String, String> held = new HashMap<>();

    /** The engine's container in which an address is in force; only what was read or written here. */
    private final Map<String, String> inForce = new ConcurrentHashMap<>();

    /** Where the next free address is looked for; guarded by this. */
    private int next = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    private AddressLeases(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a folder, with what was written in it before.
     *
     * @param folder made if need be; whoever may write in it is trusted
     */
    static AddressLeases open(Path folder) throws IOException {
        Files.createDirectories(folder);
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
        }
    }

    /**
     * An address for this holder, in force nowhere yet: the one that it has already, or a free one.
     *
     * @return empty when all of the range are given out
     */
    synchronized Optional<String> lease(String holder, AddressRange range) throws IOException {
        String had = held.get(holder);
        if (had != null) {
            inForce.remove(had);
            Files.writeString(file(had), holder + "\n");
            return Optional.of(had);
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
            // Whoever removed the network took the folder along, and it is made anew.
            Files.createDirectories(folder);
            return false;
        }
    }

    /** Notes that a held address is in force in this container of the engine. */
    void enforced(String address, String container) throws IOException {
        Files.writeString(file(address), IN_FORCE + container + "\n", StandardOpenOption.APPEND);
        inForce.put(address, container);
    }

    /** Whether the address is in force in this container. What cannot be read is not. */
    boolean isEnforced(String address, String container) {
        if (container.equals(inForce.get(address))) {
            return true;
        }
        Lease lease = Lease.of(file(address));
        if (lease == null || !lease.last().equals(IN_FORCE + container)) {
            return false;
        }
        inForce.put(address, container);
        return true;
    }

    /** The container has ended, and its network with it: should somebody start it again, it has none. */
    void ended(String address, String container) throws IOException {
        Lease lease = Lease.of(file(address));
        if (lease != null && lease.last().equals(IN_FORCE + container)) {
            Files.writeString(file(address), ENDED + container + "\n", StandardOpenOption.APPEND);
        }
        inForce.remove(address, container);
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
            Files.deleteIfExists(file(address));
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
            return last.equals(IN_FORCE + container) || last.equals(ENDED + container);
        }
    }
}
