package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.ResourceLimits;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A program's memory: {@code struct mm_struct}, its mappings and its pages. A page gets a frame when it is first touched.
 *
 * <p>Its monitor is the kernel's {@code mmap_lock}: whoever looks at mappings or changes them holds it. What the
 * processors see changes at once for all of them.
 */
public final class Mm {

    /** Pages may be read. */
    public static final int PROT_READ = 1;
    /** Pages may be written. */
    public static final int PROT_WRITE = 2;
    /** Instructions may be fetched from pages. */
    public static final int PROT_EXEC = 4;

    /** The most mappings: {@code vm.max_map_count}. */
    static final int MAX_MAP_COUNT = 65_530;
    /** The lowest address that a program without CAP_SYS_RAWIO can map: {@code vm.mmap_min_addr}. */
    static final long MMAP_MIN_ADDR = 0x1000;
    /** What stays free below a mapping that grows: {@code stack_guard_gap}. */
    static final long STACK_GUARD_GAP = 256L << PageFrames.PAGE_SHIFT;

    private static final int PAGE = PageFrames.PAGE_SIZE;
    private static final int SHIFT = PageFrames.PAGE_SHIFT;
    /** What a machine tells of itself if nobody says how much memory it has: 16 GiB. */
    public static final long RAM_PAGES = 4L << 20;

    private static final long HEAP_SHARE = 4;
    private static final long OOM_PAUSE_NANOS = 1_000_000;

    private final long taskSize;
    private final long mmapBase;
    private final PhysicalMemory memory;
    private final PageTable pages;
    private final VmaTree tree;
    private final PageFaults faults;
    private long brkStart;
    private long brk;
    private long defaultFlags;
    private ResourceLimits limits = new ResourceLimits();
    private BooleanSupplier oomKiller = () -> true;
    private volatile boolean hasRunOut;
    private final AtomicInteger users = new AtomicInteger(1);
    private boolean onlyKeyTaken;
    private final Map<Task, MemoryPolicy> taskPolicies = new WeakHashMap<>();

    /**
     * Makes an empty program memory.
     *
     * @param space the pages that the processors see
     * @param taskSize the address after the program's half
     * @param mmapBase mappings without an address are placed below this one
     * @param brkStart where the heap begins
     * @param memory the machine's page frames
     */
    public Mm(AddressSpace space, long taskSize, long mmapBase, long brkStart, PhysicalMemory memory) {
        this.taskSize = taskSize;
        this.mmapBase = mmapBase;
        this.memory = memory;
        this.pages = new PageTable(space, memory);
        this.tree = new VmaTree(this::attach);
        this.faults = new PageFaults(this, tree, pages);
        this.brkStart = brkStart;
        this.brk = brkStart;
    }

    /** {@return the pages that the processors see} */
    public AddressSpace space() {
        return pages.space();
    }

    /** {@return how many of so many pages this host has the memory for} */
    public static long affordable(long most) {
        return Math.min(most, (Runtime.getRuntime().maxMemory() / HEAP_SHARE) >>> SHIFT);
    }

    /**
     * Gives it to a process.
     *
     * @param processLimits the process's limits
     * @param kill ends a process when there is no memory left, the OOM killer; answers whether it is this one
     */
    public void setOwner(ResourceLimits processLimits, BooleanSupplier kill) {
        limits = processLimits;
        oomKiller = kill;
    }

    /** {@return the address after the program's half: TASK_SIZE} */
    public long taskSize() {
        return taskSize;
    }

    /** {@return the mappings in the order of their addresses} */
    public synchronized List<Vma> areas() {
        List<Vma> all = new ArrayList<>();
        tree.all().forEach(all::add);
        return all;
    }

    /** {@return the mapping that holds an address, or null} */
    public synchronized @Nullable Vma find(long address) {
        return tree.find(address);
    }

    /** {@return whether the page of an address is a file's, and no private copy of one} */
    public synchronized boolean isFilesPage(long address) {
        Pte entry = pages.find(address & -PageFrames.PAGE_SIZE);
        return entry != null && entry.kind() == Pte.Kind.FILE;
    }

    /** {@return how many pages of memory the machine has} */
    public long pageLimit() {
        return memory.told();
    }

    /** {@return whether the program was killed because there was no memory left} */
    public boolean hasRunOut() {
        return hasRunOut;
    }

    /** {@return how many pages of memory are free} */
    public synchronized long freePages() {
        return memory.told() - memory.used();
    }

    /** {@return whether the program may have so many more frames of its own} */
    public synchronized boolean hasRoomFor(long more) {
        return memory.hasRoomFor(more);
    }

    /** {@return how many pages are mapped: VmSize of /proc/self/status} */
    public synchronized long totalPages() {
        return tree.totalPages();
    }

    /** {@return how many mapped pages are private and writable: VmData of /proc/self/status} */
    public synchronized long dataPages() {
        return tree.dataPages();
    }

    /** {@return how many pages are locked: VmLck of /proc/self/status} */
    public synchronized long lockedPages() {
        return tree.lockedPages();
    }

    /** {@return how many pages have been touched: VmRSS of /proc/self/status} */
    public synchronized long residentPages() {
        return pages.residentPages();
    }

    /**
     * Says where the heap begins, empty, as execve(2) does.
     *
     * @param start its first byte's address
     */
    public synchronized void startBrk(long start) {
        brkStart = start;
        brk = start;
    }

    /** {@return where the heap begins} */
    public synchronized long brkStart() {
        return brkStart;
    }

    /** {@return where the heap ends} */
    public synchronized long brk() {
        return brk;
    }

    // What the kernel and Java map, whatever the program's limits.

    /**
     * Maps memory over whatever was there.
     *
     * @param area the mapping
     * @param frames its pages' frames; null to find them when they are touched
     * @return whether there are enough frames
     */
    public boolean map(Vma area, @Nullable PageFrames frames) {
        return write(() -> put(area, frames) ? 0 : -1) == 0;
    }

    /**
     * Finds room and maps memory there, an unmapped page on either side.
     *
     * @param size how many bytes, a multiple of the page size, more than 0
     * @param below the exclusive upper bound; the mapping base if that is lower
     * @param name what /proc/self/maps calls it
     * @param frames its pages' frames; null to find them when they are touched
     * @return the address; −1 if there is no such room
     */
    public long place(long size, long below, String name, @Nullable PageFrames frames) {
        return write(() -> {
            long hole = unmappedArea(size + 2L * PAGE, below);
            if (hole < 0) {
                return -1;
            }
            long start = hole + PAGE;
            Vma area = Vma.special(start, start + size, PROT_READ | PROT_WRITE, name);
            return put(area, frames) ? start : -1;
        });
    }

    /** Unmaps what is mapped of a range. */
    public void unmap(long start, long end) {
        write(() -> {
            remove(start, end);
            return 0;
        });
    }

    /** {@return how many private pages it has: the anonymous part of the resident set} */
    public synchronized long anonymousPages() {
        return pages.anonymousPages();
    }

    /** {@return how many processes have it: {@code mm_users}} */
    public int users() {
        return users.get();
    }

    /** Notes that one process more has it: {@code mmget}. */
    public void get() {
        users.incrementAndGet();
    }

    /** Notes that one process less has it; with the last one all mappings end: {@code mmput}, {@code exit_mmap}. */
    public void put() {
        if (users.decrementAndGet() == 0) {
            unmap(0, taskSize);
        }
    }

    /**
     * Makes a copy for a child: {@code dup_mmap} of mm/mmap.c, Linux 6.18. Private pages are shared until one of both
     * writes them; pages of files are found again when they are touched.
     *
     * @param space what the child's processors will see: an empty program's half
     * @return the child's memory, which still has this one's owner
     */
    public Mm fork(AddressSpace space) {
        Mm child = new Mm(space, taskSize, mmapBase, brkStart, memory);
        child.write(() -> {
            synchronized (this) {
                child.brk = brk;
                child.onlyKeyTaken = onlyKeyTaken;
                child.limits = limits;
                for (Vma area : tree.all()) {
                    if (!area.has(VmFlags.VM_DONTCOPY)) {
                        DupMmap.copy(area, pages, child);
                    }
                }
            }
            return 0;
        });
        return child;
    }

    /** Unmaps all files, which so are closed: of {@code exit_mmap}, what others would miss. */
    public void unmapFiles() {
        for (Vma area : areas()) {
            if (area.file() != null) {
                unmap(area.start(), area.end());
            }
        }
    }

    private boolean put(Vma area, @Nullable PageFrames frames) {
        if (frames != null && !hasRoomFor(area.pages())) {
            return false;
        }
        remove(area.start(), area.end());
        tree.insert(area);
        for (int i = 0; frames != null && i < area.pages(); i++) {
            pages.set(area.start() + (long) i * PAGE, new Pte(frames, i, Pte.Kind.ANONYMOUS), area);
        }
        return true;
    }

    // Faults.

    /**
     * Answers a page fault in the program's half: {@code do_user_addr_fault}.
     *
     * @param address the address
     * @param code the fault's error code: bits of {@link dev.trapgate.emulator.cpu.Paging}
     * @return what came of it
     */
    public FaultOutcome handleFault(long address, int code) {
        while (true) {
            FaultOutcome outcome;
            synchronized (this) {
                outcome = faults.handle(address, code);
            }
            if (outcome != FaultOutcome.OUT_OF_MEMORY) {
                return outcome;
            }
            if (oomKiller.getAsBoolean()) {
                hasRunOut = true;
                return outcome;
            }
            // Another process ends, and its memory will be there soon.
            LockSupport.parkNanos(OOM_PAUSE_NANOS);
        }
    }

    /**
     * Lets go of pages that a file has lost: {@code unmap_mapping_range}. Where the file was cut, private copies go too;
     * where a hole was made, they stay.
     */
    synchronized void unmapPages(PageCache cache, long first, long last) {
        for (Vma area : tree.all()) {
            long from = Math.max(first, area.pgoff());
            long to = Math.min(last, area.pgoff() + area.pages());
            if (area.cache() == cache && from < to) {
                long start = area.start() + ((from - area.pgoff()) << SHIFT);
                long end = area.start() + ((to - area.pgoff()) << SHIFT);
                if (last == Long.MAX_VALUE) {
                    pages.clear(start, end);
                } else {
                    pages.clear(start, end, Pte.Kind.FILE);
                }
            }
        }
    }

    private MappedFile attach(PageCache cache) {
        MappedFile mapped = new MappedFile(this, cache);
        cache.attach(mapped);
        return mapped;
    }

    // For the calls of this package, which hold the monitor.

    /** Makes a change under the lock; files that it lets go of are dropped afterwards, without the lock. */
    long write(LongSupplier change) {
        long result;
        List<File> dropped;
        Map<File, VmaTree.Changes> observed;
        synchronized (this) {
            result = change.getAsLong();
            dropped = tree.takeDropped();
            observed = tree.takeObserved();
        }
        observed.forEach((file, changes) -> {
            if (file.operations() instanceof MappingObserver observer) {
                observer.mappingsChanged(file, changes.opened(), changes.closed());
            }
        });
        dropped.forEach(File::release);
        return result;
    }

    VmaTree tree() {
        return tree;
    }

    PageTable pages() {
        return pages;
    }

    PageFaults faults() {
        return faults;
    }

    long mmapBase() {
        return mmapBase;
    }

    void setBrk(long end) {
        brk = end;
    }

    /** {@return flags that new mappings get: mlockall(2)'s MCL_FUTURE} */
    long defaultFlags() {
        return defaultFlags;
    }

    void setDefaultFlags(long flags) {
        defaultFlags = flags;
    }

    /** {@return what is enforced of a limit, in bytes; compared as unsigned} */
    long limit(Resource resource) {
        return limits.soft(resource);
    }

    /** {@return on which nodes a task's pages go; null for the machine's way} */
    synchronized @Nullable MemoryPolicy policy(Task task) {
        return taskPolicies.get(task);
    }

    synchronized void setPolicy(Task task, @Nullable MemoryPolicy policy) {
        if (policy == null) {
            taskPolicies.remove(task);
        } else {
            taskPolicies.put(task, policy);
        }
    }

    /** {@return whether the only protection key was there to be taken} */
    synchronized boolean takeOnlyKey() {
        boolean first = !onlyKeyTaken;
        onlyKeyTaken = true;
        return first;
    }

    /** {@return a frame for a page, or null if there is none left} */
    @Nullable
    PageFrames allocateFrame() {
        if (!memory.hasRoomFor(1)) {
            return null;
        }
        try {
            return new PageFrames(1);
        } catch (OutOfMemoryError none) {
            // The emulated machine is out of memory, not the host's program.
            return null;
        }
    }

    /** {@return whether mappings can grow by so many pages: {@code may_expand_vm}} */
    boolean mayExpand(long flags, long more) {
        if (Long.compareUnsigned(tree.totalPages() + more, limit(Resource.RLIMIT_AS) >>> SHIFT) > 0) {
            return false;
        }
        boolean isData = (flags & (VmFlags.VM_WRITE | VmFlags.VM_SHARED)) == VmFlags.VM_WRITE;
        return !isData || Long.compareUnsigned(tree.dataPages() + more, limit(Resource.RLIMIT_DATA) >>> SHIFT) <= 0;
    }

    /** {@return whether so many pages are not more than the machine has: {@code __vm_enough_memory}, by heuristic} */
    boolean isEnoughMemory(long more) {
        return more <= memory.told();
    }

    /**
     * Finds room below a bound, from the top down: {@code vm_unmapped_area}.
     *
     * @param size how many bytes, a multiple of the page size, more than 0
     * @param below the exclusive upper bound; the mapping base if that is lower
     * @return the address, or −1 if there is no such room
     */
    synchronized long unmappedArea(long size, long below) {
        return unmappedAreaBelow(size, Math.min(below, mmapBase));
    }

    /** {@return the same, up to a bound that may be above the mapping base} */
    synchronized long unmappedAreaBelow(long size, long below) {
        long end = below;
        for (Vma area : tree.descending(below)) {
            if (end - size >= endWithGap(area)) {
                break;
            }
            end = Math.min(end, startWithGap(area));
        }
        long start = end - size;
        return start >= MMAP_MIN_ADDR ? start : -1;
    }

    /** {@return the lowest room between bounds, or −1} */
    long unmappedAreaAbove(long size, long from, long below) {
        long start = from;
        for (Vma area : tree.overlapping(from, below)) {
            if (startWithGap(area) - size >= start) {
                break;
            }
            start = Math.max(start, endWithGap(area));
        }
        return start + size <= below ? start : -1;
    }

    /** {@return a mapping's start, less what stays free below it: {@code vm_start_gap}} */
    static long startWithGap(Vma area) {
        if (area.has(VmFlags.VM_PINNED)) {
            return area.start() - PAGE;
        }
        return area.has(VmFlags.VM_GROWSDOWN) ? Math.max(0, area.start() - STACK_GUARD_GAP) : area.start();
    }

    /** {@return a mapping's end; behind Java's memory a page stays free, so that what runs over it is a fault} */
    private static long endWithGap(Vma area) {
        return area.has(VmFlags.VM_PINNED) ? area.end() + PAGE : area.end();
    }

    /** Unmaps what is mapped of a range. */
    void remove(long start, long end) {
        for (Vma area : tree.overlapping(start, end)) {
            tree.close(area);
            tree.cut(area, start, end);
        }
        pages.clear(start, end);
    }

    /** {@return an address rounded up to a page} */
    public static long pageUp(long address) {
        return (address + PAGE - 1) & -PAGE;
    }
}
