package dev.trapgate.differential;

/**
 * A scenario to be played.
 *
 * @param scenario what to play
 * @param userId the user, and group, whose rights it has
 * @param directory the absolute path of the directory that it is played in
 */
record Play(Scenario scenario, int userId, String directory) {}
