package dev.trapgate.emulator.cpu;

/**
 * Executes entry instructions on damaged machines, many millions of them, and says what went wrong.
 *
 * <p>{@code java … dev.trapgate.emulator.cpu.FuzzCampaign ENTRIES SEED}; in Maven, {@code ./mvnw -Pfuzz test-compile
 * exec:exec@fuzz}.
 */
final class FuzzCampaign {

    private static final int ENTRIES_PER_MACHINE = 50;

    private FuzzCampaign() {}

    public static void main(String[] arguments) {
        long wanted = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        long entries = 0;
        long machines = 0;
        while (entries < wanted) {
            long machineSeed = seed * 1_000_003 + machines++;
            try (RandomMachine machine = new RandomMachine(machineSeed)) {
                boolean alive = true;
                for (int i = 0; i < ENTRIES_PER_MACHINE && alive; i++) {
                    alive = machine.enter();
                    entries++;
                    if (!machine.breach().isEmpty()) {
                        System.err.println("machine " + machineSeed + ": " + machine.breach());
                        System.exit(1);
                    }
                }
            } catch (RuntimeException | Error problem) {
                System.err.println("machine " + machineSeed + " threw");
                problem.printStackTrace();
                System.exit(1);
            }
        }
        System.out.println(entries + " entries on " + machines + " machines from seed " + seed + ": nothing wrong");
    }
}
