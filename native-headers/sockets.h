/* Sockets. */

/* socket, bind, sendmsg, recvmmsg; AF_*, SOCK_*, SO_*, MSG_*, SHUT_* */
#include <sys/socket.h>
/* addresses: local, IPv4 and IPv6, netlink; IPPROTO_*, NETLINK_* */
#include <sys/un.h>
#include <netinet/in.h>
#include <linux/netlink.h>
/* TCP_* */
#include <netinet/tcp.h>
