package io.orchestrator.core.registry.address;

import java.util.Map;

/**
 * Who holds which number of the ranges: each number has one holder at most, whoever asks and from wherever. Safe for concurrent
 * use. Never called under a lock.
 */
interface AddressClaims {

    /** A number of a range. @param number as it is written: an address, or a port */
    record Claim(String range, String number) {
        private static final String ADDRESSES = "addresses";

        static Claim address(String address) {
            return new Claim(ADDRESSES, address);
        }

        boolean isAddress() {
            return range.equals(ADDRESSES);
        }

        static Claim nodePort(int port) {
            return new Claim("node-ports", Integer.toString(port));
        }
    }

    /**
     * Takes a number. False when it is held already, also by this holder.
     *
     * @param holder the uid of an object
     * @throws io.orchestrator.api.client.ApiException when nobody knows
     */
    boolean take(Claim claim, String holder);

    /** Gives a number back; nothing happens unless this holder has it. What cannot be given back now is found by a repair. */
    void giveBack(Claim claim, String holder);

    /** All numbers that are held at this moment, with their holders. */
    Map<Claim, String> all();

    /**
     * Puts right what is not as the objects are: what they have is held by them, and what nobody has is free, unless somebody may
     * be about to have it.
     *
     * @param held what there is, with its holders
     */
    void repair(Map<Claim, String> held);
}
