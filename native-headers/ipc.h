/* Pipes are files; these are the other ways to talk: System V IPC and POSIX message queues. */

/* IPC_* */
#include <sys/ipc.h>
/* shmget, shmat; SHM_* */
#include <sys/shm.h>
/* semget, semop; SEM_*, GETVAL and its like */
#include <sys/sem.h>
/* msgget, msgsnd; MSG_* */
#include <sys/msg.h>
/* mq_open, mq_timedsend */
#include <mqueue.h>
