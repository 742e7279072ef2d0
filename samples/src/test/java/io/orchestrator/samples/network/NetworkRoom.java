package io.orchestrator.samples.network;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.embed.Cluster;

/** What the tests of services find where they run: a cluster, what its pods are, and ways to ask. */
interface NetworkRoom {

    Client client();

    Cluster cluster();

    PodKit kit();

    /** What the pod gets when it asks this URL. */
    String fetch(String pod, String url);

    /** What the command says, which must succeed. */
    String run(String pod, String... command);

    /** Until each of these has answered to the pod. */
    void answers(String pod, String url, String... hosts);

    /** The same from this machine. */
    void answersHere(String address, int port, String... hosts);

    /** The cluster's DNS. */
    Names names();

    boolean isRolledOut(String deployment);

    /** The reason of the condition that says which proxy serves. */
    String proxy();

    /** The status of the condition that says whether network policies are in force. */
    String policies();
}
