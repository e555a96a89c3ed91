# The ID is the load balancer's name; its cluster comes from COVEY_ACCESS_KEY or the provider's access_key.
COVEY_ACCESS_KEY="$(cat /root/prod.access-key)" terraform import covey_load_balancer.front front
