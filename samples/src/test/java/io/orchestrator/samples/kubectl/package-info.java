/**
 * Holds the API to the real kubectl, in every version that is found on this machine. What is run, and what must come of it,
 * stands in {@code src/test/resources/kubectl}, one command a line; {@code docs/kubectl.md} tells what passes and what deviates.
 * The scenes of one version run beside one another and beside those of the other versions, each in a namespace of its own.
 */
package io.orchestrator.samples.kubectl;
